//! How the pages of known hosts look: their names for colours with the values that they ship, and our own names last.

use crate::rig::server::Server;
use crate::rig::visit::{element, in_a_page};

/// A host's look.
pub(crate) struct Look {
    pub(crate) name: &'static str,
    /// What the page itself sets.
    pub(crate) style: &'static str,
    /// The ground of the widget that follows from it.
    pub(crate) surface: &'static str,
    /// Its reading text.
    pub(crate) text: &'static str,
}

/// Values of `@atlaskit/tokens` 20.7 and `@fluentui/tokens`.
pub(crate) const LOOKS: [Look; 6] = [
    Look {
        name: "plain",
        style: "body { background: #fff }",
        surface: "rgb(251, 248, 243)",
        text: "rgb(43, 38, 32)",
    },
    Look {
        name: "plain-dark",
        style: "html { color-scheme: dark } body { background: #121212; color: #eee }",
        surface: "rgb(27, 25, 22)",
        text: "rgb(237, 230, 219)",
    },
    Look {
        name: "confluence-light",
        style: "html { --ds-text: #292A2E; --ds-text-subtle: #505258; --ds-surface: #FFFFFF; --ds-surface-raised: #FFFFFF; \
                --ds-background-neutral: #0515240F; --ds-border: #0B120E24; --ds-border-input: #8C8F97; \
                --ds-background-brand-bold: #1868DB; --ds-text-inverse: #FFFFFF; --ds-link: #1868DB; \
                --ds-text-danger: #AE2E24; --ds-border-focused: #4688EC; --ds-font-family-body: ui-sans-serif, sans-serif }",
        surface: "rgb(255, 255, 255)",
        text: "rgb(41, 42, 46)",
    },
    Look {
        name: "confluence-dark",
        style: "html { color-scheme: dark; --ds-text: #CECFD2; --ds-text-subtle: #A9ABAF; --ds-surface: #1F1F21; \
                --ds-surface-raised: #242528; --ds-background-neutral: #CECED912; --ds-border: #E3E4F21F; \
                --ds-border-input: #7E8188; --ds-background-brand-bold: #669DF1; --ds-text-inverse: #1F1F21; \
                --ds-link: #669DF1; --ds-text-danger: #FD9891; --ds-border-focused: #8FB8F6 } body { background: #1F1F21; color: #CECFD2 }",
        surface: "rgb(31, 31, 33)",
        text: "rgb(206, 207, 210)",
    },
    Look {
        name: "fluent",
        style: "html { --colorNeutralForeground1: #242424; --colorNeutralForeground2: #424242; --colorNeutralBackground1: #ffffff; \
                --colorNeutralBackground2: #fafafa; --colorNeutralBackground6: #e6e6e6; --colorNeutralStroke1: #d1d1d1; \
                --colorNeutralStrokeAccessible: #616161; --colorBrandBackground: #0f6cbd; --colorNeutralForegroundOnBrand: #ffffff; \
                --colorBrandForegroundLink: #115ea3; --colorStatusDangerForeground1: #b10e1c; --colorStrokeFocus2: #000000; \
                --fontFamilyBase: 'Segoe UI', sans-serif }",
        surface: "rgb(250, 250, 250)",
        text: "rgb(36, 36, 36)",
    },
    Look {
        name: "own",
        style: "html { --ds-surface: #ff0000; --ds-text: #00ff00; --cercle-color-surface: #f4f7fb; --cercle-color-text: #10243e; \
                --cercle-color-accent: #6b2fa0; --cercle-color-muted: #4a5568; --cercle-radius: 2px }",
        surface: "rgb(244, 247, 251)",
        text: "rgb(16, 36, 62)",
    },
];

/// A page that looks so, with the whole widget.
pub(crate) fn page(look: &Look, server: &Server) -> String {
    in_a_page("fr", &element("cercle-community", server))
        .replace("</head>", &format!("<style>{}</style></head>", look.style))
}
