// The web part: one element of the widget, with what the author chose in the property pane and how the page looks.
//
// Compiled to ES5, since the class that it extends is a function. The widget's classes must not be: they come as scripts
// that nothing touches, see config/heft.json.

import type { IReadonlyTheme } from '@microsoft/sp-component-base';
import { Version } from '@microsoft/sp-core-library';
import type { IPropertyPaneConfiguration } from '@microsoft/sp-property-pane';
import { BaseClientSideWebPart } from '@microsoft/sp-webpart-base';

import './widget/cercle';

import { fields } from './fields';
import { type ISettings, problemWith, read } from './settings';
import { dress } from './theme';

/** What the widget's elements have beside attributes. */
interface IWidget extends HTMLElement {
  getToken?: () => Promise<string>;
}

export default class CercleWebPart extends BaseClientSideWebPart<Partial<ISettings>> {
  private _theme: IReadonlyTheme | undefined;
  private _shown: HTMLElement | undefined;
  /** For whom the element that is shown asks for tokens. */
  private _resource: string = '';

  public render(): void {
    const settings = read(this.properties);
    const problem = problemWith(settings);
    if (problem) this._show('p').textContent = problem;
    else this._tell(this._show(`cercle-${settings.view}`), settings);
    // Last, so that the widget is drawn once, with all that it was told. The page may have emptied what is ours.
    if (this._shown && !this.domElement.contains(this._shown)) this.domElement.replaceChildren(this._shown);
  }

  protected onThemeChanged(theme: IReadonlyTheme | undefined): void {
    this._theme = theme;
    if (this._shown) dress(this._shown, theme);
  }

  protected onDispose(): void {
    this._shown?.remove();
    this._shown = undefined;
  }

  protected get dataVersion(): Version {
    return Version.parse('1.0');
  }

  protected getPropertyPaneConfiguration(): IPropertyPaneConfiguration {
    return fields();
  }

  /** The one element of this web part; where it is of another kind, a new one takes its place. */
  private _show(name: string): HTMLElement {
    if (this._shown?.localName !== name) {
      this._shown?.remove();
      this._shown = document.createElement(name);
      this._resource = '';
      dress(this._shown, this._theme);
    }
    return this._shown;
  }

  private _tell(widget: IWidget, settings: ISettings): void {
    const culture = this.context.pageContext.cultureInfo.currentUICultureName;
    widget.setAttribute('community', settings.community);
    widget.setAttribute('backend', settings.backend);
    widget.setAttribute('lang', settings.language === 'auto' ? culture : settings.language);
    const { resource } = settings;
    if (resource === this._resource) return;
    this._resource = resource;
    // SharePoint keeps tokens and renews them; the widget asks again when the backend takes one no more.
    const ask = (): Promise<string> =>
      this.context.aadTokenProviderFactory.getTokenProvider().then((provider) => provider.getToken(resource));
    widget.getToken = resource ? ask : undefined;
  }
}
