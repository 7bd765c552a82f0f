import type { Frame, Page } from 'playwright-core';

const interval = 100;
/** How long a frame may take to say what it shows. */
const patience = 2000;

/**
 * The innermost frame whose address or visible text contains `wanted`: the document that an
 * extension gave to its webview, not VS Code's frames around it.
 */
export async function findFrame(page: Page, wanted: string, timeout: number): Promise<Frame> {
  const end = Date.now() + timeout;
  for (;;) {
    for (const frame of page.frames()) {
      if (frame !== page.mainFrame() && (await matches(frame, wanted))) return innermost(frame);
    }
    if (Date.now() > end) {
      const urls = page.frames().map((frame) => frame.url());
      throw new Error(`no frame has "${wanted}" in its address or text; frames: ${urls.join(', ')}`);
    }
    await page.waitForTimeout(interval);
  }
}

async function matches(frame: Frame, wanted: string): Promise<boolean> {
  if (frame.url().includes(wanted)) return true;
  const text = frame
    .evaluate<string>('document.title + "\\n" + (document.body?.innerText ?? "")')
    // A frame may go away while it is read.
    .catch(() => '');
  // One that is about to get its document does not answer before; the others are not kept waiting for it.
  const silence = new Promise<string>((resolve) => setTimeout(resolve, patience, ''));
  return (await Promise.race([text, silence])).includes(wanted);
}

function innermost(frame: Frame): Frame {
  const last = frame.childFrames().at(-1);
  return last ? innermost(last) : frame;
}
