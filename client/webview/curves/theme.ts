/** The editor's colours, for what style sheets do not reach. */
import { useEffect, useState } from 'react';

export interface ChartTheme {
  foreground: string;
  dim: string;
  grid: string;
  background: string;
  border: string;
  training: string;
  validation: string;
  font: string;
}

function readTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const first = (...names: string[]) =>
    names.map((name) => style.getPropertyValue(name).trim()).find((value) => value !== '') ?? '#808080';
  const foreground = first('--vscode-foreground', '--vscode-editor-foreground');
  return {
    foreground,
    dim: first('--vscode-descriptionForeground', '--vscode-foreground'),
    grid: first('--vscode-contrastBorder', '--vscode-editorIndentGuide-background1', '--vscode-panel-border'),
    background: first('--vscode-editorHoverWidget-background', '--vscode-editor-background'),
    border: first('--vscode-contrastBorder', '--vscode-editorHoverWidget-border', '--vscode-panel-border'),
    training: first('--training'),
    validation: first('--validation'),
    font: first('--vscode-font-family'),
  };
}

/** Read again whenever a person changes the colour theme: VS Code then sets new variables and a new class. */
export function useTheme(): ChartTheme {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(readTheme()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    return () => observer.disconnect();
  }, []);
  return theme;
}
