/** The variables that VS Code gives to webviews, as far as panels use them, in its default themes. */
export type ThemeName = 'dark' | 'light' | 'high-contrast';

export interface Theme {
  className: string;
  variables: Record<string, string>;
}

const common = {
  '--vscode-font-family': '"DejaVu Sans", sans-serif',
  '--vscode-font-size': '13px',
  '--vscode-editor-font-family': 'monospace',
};

function theme(className: string, colours: Record<string, string>): Theme {
  const named = Object.entries(colours).map(([name, value]) => [`--vscode-${name}`, value]);
  const page = {
    'background-color': colours['editor-background']!,
    'font-family': common['--vscode-font-family'],
  };
  return { className, variables: { ...page, ...common, ...Object.fromEntries(named) } };
}

export const themes: Record<ThemeName, Theme> = {
  dark: theme('vscode-dark', {
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    'panel-border': '#2b2b2b',
    'editorIndentGuide-background1': '#404040',
    'editorHoverWidget-background': '#202020',
    'editorHoverWidget-border': '#454545',
    'charts-blue': '#3794ff',
    'charts-orange': '#d18616',
    'testing-iconPassed': '#73c991',
    'testing-iconFailed': '#f14c4c',
    'list-warningForeground': '#cca700',
    'list-hoverBackground': '#2a2d2e',
    'progressBar-background': '#0078d4',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'badge-background': '#616161',
    'badge-foreground': '#f8f8f8',
    'textLink-foreground': '#4daafc',
    'textBlockQuote-background': '#2b2b2b',
    'icon-foreground': '#cccccc',
    'toolbar-hoverBackground': '#5a5d5e50',
    focusBorder: '#0078d4',
    'settings-checkboxBackground': '#313131',
    'settings-checkboxBorder': '#3c3c3c',
    'settings-checkboxForeground': '#cccccc',
  }),
  light: theme('vscode-light', {
    foreground: '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    'panel-border': '#e5e5e5',
    'editorIndentGuide-background1': '#d3d3d3',
    'editorHoverWidget-background': '#f8f8f8',
    'editorHoverWidget-border': '#c8c8c8',
    'charts-blue': '#1a85ff',
    'charts-orange': '#d18616',
    'testing-iconPassed': '#73c991',
    'testing-iconFailed': '#f14c4c',
    'list-warningForeground': '#855f00',
    'list-hoverBackground': '#f2f2f2',
    'progressBar-background': '#005fb8',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'badge-background': '#cccccc',
    'badge-foreground': '#3b3b3b',
    'textLink-foreground': '#005fb8',
    'textBlockQuote-background': '#f8f8f8',
    'icon-foreground': '#3b3b3b',
    'toolbar-hoverBackground': '#b8b8b850',
    focusBorder: '#005fb8',
    'settings-checkboxBackground': '#f8f8f8',
    'settings-checkboxBorder': '#cecece',
    'settings-checkboxForeground': '#3b3b3b',
  }),
  'high-contrast': theme('vscode-high-contrast', {
    foreground: '#ffffff',
    descriptionForeground: '#ffffffb3',
    contrastBorder: '#6fc3df',
    contrastActiveBorder: '#f38518',
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    'panel-border': '#6fc3df',
    'editorHoverWidget-background': '#0c141f',
    'editorHoverWidget-border': '#6fc3df',
    'charts-blue': '#3794ff',
    'charts-orange': '#d18616',
    'charts-yellow': '#cca700',
    'testing-iconPassed': '#73c991',
    'testing-iconFailed': '#f14c4c',
    'list-warningForeground': '#ffd370',
    'progressBar-background': '#6fc3df',
    'button-foreground': '#ffffff',
    'button-border': '#6fc3df',
    'badge-background': '#000000',
    'badge-foreground': '#ffffff',
    'textLink-foreground': '#21a6ff',
    'icon-foreground': '#ffffff',
    focusBorder: '#f38518',
    'settings-checkboxBackground': '#000000',
    'settings-checkboxBorder': '#6fc3df',
    'settings-checkboxForeground': '#ffffff',
  }),
};
