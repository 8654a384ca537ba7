// Plays SharePoint for one web part: reads the manifest that is in the package, loads the scripts that it names as AMD
// modules, and stands in for the modules of the framework. Base classes are functions, as the framework's are.
(() => {
  const PACKAGE = '/sharepoint/';
  const host = { asked: [], webPart: undefined };
  window.host = host;

  function BaseClientSideWebPart() {}
  BaseClientSideWebPart.prototype.onInit = () => Promise.resolve();
  BaseClientSideWebPart.prototype.onDispose = () => {};
  BaseClientSideWebPart.prototype.onThemeChanged = () => {};

  const field = (kind) => (target, properties) => ({ kind, target, properties });
  const modules = {
    tslib: undefined,
    '@microsoft/sp-core-library': { Version: { parse: (text) => text } },
    '@microsoft/sp-webpart-base': { BaseClientSideWebPart },
    '@microsoft/sp-property-pane': {
      PropertyPaneTextField: field('text'),
      PropertyPaneDropdown: field('dropdown'),
    },
  };

  const defined = [];
  window.define = (...words) => defined.push({ make: words.pop(), needs: words.pop() });

  /** Loads a script as SharePoint does, by an element of the page. */
  const load = (address) => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => resolve(defined.pop());
    script.onerror = () => reject(new Error(`cannot load ${address}`));
    document.head.append(script);
  });

  const manifest = async (id) => {
    const solution = '2f43f804-d258-4b60-b4ce-4f1d8d897b09';
    const answer = await fetch(`${PACKAGE}${solution}/WebPart_${id}.xml`);
    const xml = new DOMParser().parseFromString(await answer.text(), 'text/xml');
    return JSON.parse(xml.querySelector('[ComponentManifest]').getAttribute('ComponentManifest'));
  };

  /** Makes the web part, whose files lie in this place, for a page in this language. */
  host.start = async (library, id, culture, properties) => {
    const { loaderConfig } = await manifest(id);
    const { entryModuleId, scriptResources } = loaderConfig;
    // The service puts the address of the library in the place of its name.
    const assets = new URL(`${library}${PACKAGE}ClientSideAssets/`, location.href).href;
    for (const [name, resource] of Object.entries(scriptResources)) {
      if (resource.type !== 'localizedPath') continue;
      const path = resource.paths?.[culture]?.path ?? resource.paths?.[culture] ?? resource.defaultPath;
      modules[name] = (await load(assets + path)).make();
    }
    const entry = await load(assets + scriptResources[entryModuleId].path);
    const { default: WebPart } = entry.make(...entry.needs.map((name) => {
      if (!(name in modules)) throw new Error(`SharePoint has no module ${name}`);
      return modules[name];
    }));
    const webPart = new WebPart();
    webPart.properties = properties;
    webPart.domElement = document.querySelector('#web-part');
    webPart.context = {
      pageContext: { cultureInfo: { currentUICultureName: culture } },
      aadTokenProviderFactory: {
        getTokenProvider: async () => ({
          getToken: async (resource) => `token ${host.asked.push(resource)} for ${resource}`,
        }),
      },
    };
    await webPart.onInit();
    host.webPart = webPart;
  };
})();
