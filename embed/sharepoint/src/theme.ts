// The theme of the section in which the web part stands, in the widget's own words.

import type { IReadonlyTheme } from '@microsoft/sp-component-base';

/** Sets the widget's variables; what the theme does not say is left to the widget. */
export function dress(element: HTMLElement, theme: IReadonlyTheme | undefined): void {
  const colors = theme?.semanticColors;
  // On a strong background the theme's inputs and errors keep the colours that they have on a white page. The widget
  // writes on its cards in the same colour as beside them, so there they take the ground and the text of the section.
  const calm = !!colors && colors.inputText === colors.bodyText;
  const variables: Record<string, string | undefined> = {
    'color-text': colors?.bodyText,
    'color-muted': colors?.bodySubtext,
    'color-surface': colors?.bodyBackground,
    'color-raised': calm ? colors?.inputBackground : colors?.bodyBackground,
    'color-tint': colors?.bodyStandoutBackground,
    'color-border': colors?.bodyDivider,
    // Borders of the theme's inputs are too faint on some backgrounds for what must be seen.
    'color-edge': colors?.bodySubtext,
    'color-accent': colors?.primaryButtonBackground,
    'color-on-accent': colors?.primaryButtonText,
    'color-link': colors?.link,
    'color-danger': calm ? colors?.errorText : colors?.bodyText,
    'color-focus': colors?.focusBorder,
    // In Teams nothing around a tab sets a typeface.
    font: theme?.fonts?.medium?.fontFamily as string | undefined,
  };
  for (const name of Object.keys(variables)) element.style.setProperty(`--cercle-${name}`, variables[name] || '');
  element.style.setProperty('color', element.localName === 'p' ? variables['color-text'] || '' : '');
  if (theme) element.setAttribute('theme', theme.isInverted ? 'dark' : 'light');
  else element.removeAttribute('theme');
}
