import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** Where the panels' scripts and styles lie; the only files that a panel may load. */
export function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist/webview');
}

/**
 * The page of a panel. Nothing is allowed but our own script (by nonce), our own style sheets and fonts: no inline
 * script or style, no eval, no network. `memory` is what the page hands to VS Code to be restored with after a reload.
 */
export function panelPage(
  webview: Webview,
  extensionUri: Uri,
  name: string,
  title: string,
  memory: object,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const uri = (file: string) => webview.asWebviewUri(Uri.joinPath(webviewRoot(extensionUri), file));
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${uri(`${name}.css`)}">
</head>
<body>
<div id="root" data-memory="${escapeHtml(JSON.stringify(memory))}"></div>
<script nonce="${nonce}" src="${uri(`${name}.js`)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
