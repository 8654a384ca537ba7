// Plays Confluence for one frame of the macro's: answers what Forge's bridge asks, and keeps what was asked. The page says
// in <meta name="confluence"> who reads it, and how.
(() => {
  const { context, theme = 'light', token, refuses } = JSON.parse(document.querySelector('meta[name="confluence"]').content);
  const confluence = {
    asked: [],
    /** The reader changes the theme. */
    theme(mode) {
      document.documentElement.dataset.colorMode = mode;
    },
  };
  window.confluence = confluence;

  const answers = {
    getContext: () => context,
    enableTheming: () => confluence.theme(theme),
    submit: () => !refuses,
    close: () => true,
    fetchRemote: () => ({ status: 200, statusText: 'OK', headers: {}, body: token }),
  };
  globalThis.__bridge = {
    callBridge: async (name, payload) => {
      confluence.asked.push({ name, payload });
      return answers[name](payload);
    },
  };
})();
