// The property pane.

import {
  type IPropertyPaneConfiguration,
  type IPropertyPaneField,
  PropertyPaneDropdown,
  PropertyPaneTextField,
} from '@microsoft/sp-property-pane';
import * as strings from 'CercleStrings';

import { type ISettings, backendProblem, communityProblem, resourceProblem } from './settings';

export function fields(): IPropertyPaneConfiguration {
  return {
    pages: [
      {
        header: { description: strings.Description },
        groups: [
          {
            groupName: strings.CommunityGroup,
            groupFields: [
              text('backend', strings.Backend, strings.BackendHint, backendProblem),
              text('community', strings.Community, strings.CommunityHint, communityProblem),
            ],
          },
          {
            groupName: strings.LookGroup,
            groupFields: [
              choice('view', strings.View, {
                community: strings.ViewCommunity,
                board: strings.ViewBoard,
                signup: strings.ViewSignup,
              }),
              choice('language', strings.Language, { auto: strings.LanguageAuto, fr: 'Français', en: 'English' }),
            ],
          },
          {
            groupName: strings.TokenGroup,
            groupFields: [text('resource', strings.Resource, strings.ResourceHint, resourceProblem)],
          },
        ],
      },
    ],
  };
}

function text(
  name: keyof ISettings,
  label: string,
  description: string,
  problem: (typed: string) => string,
): IPropertyPaneField<object> {
  return PropertyPaneTextField(name, { label, description, onGetErrorMessage: problem });
}

function choice<Name extends keyof ISettings>(
  name: Name,
  label: string,
  options: Record<ISettings[Name], string>,
): IPropertyPaneField<object> {
  const keys = Object.keys(options) as ISettings[Name][];
  return PropertyPaneDropdown(name, { label, options: keys.map((key) => ({ key, text: options[key] })) });
}
