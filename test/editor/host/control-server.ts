import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { repository } from '../../../scripts/shell';
import type { Action, Answer, Ask, InFrame } from './actions';
import { findFrame } from './frames';

type Handlers = { [A in Action]: (page: Page, ask: Ask<A>) => Promise<Answer<A>> };

const handlers: Handlers = {
  async screenshot(page, ask) {
    const folder = join(repository, '.cache/screenshots');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${ask.name.replace(/[^\w.-]+/g, '-')}.png`);
    if (ask.selector) {
      const frame = await frameOf(page, ask);
      await frame
        .locator(ask.selector)
        .first()
        .screenshot({ path, timeout: timeoutOf(ask) });
    } else {
      // What fades in is shown as it will be.
      await page.screenshot({ path, animations: 'disabled' });
    }
    return path;
  },
  async click(page, ask) {
    const frame = await frameOf(page, ask);
    const { button = 'left', clicks = 1 } = ask;
    await frame
      .locator(ask.selector)
      .first()
      .click({ button, clickCount: clicks, timeout: timeoutOf(ask) });
    return null;
  },
  async hover(page, ask) {
    const frame = await frameOf(page, ask);
    await frame
      .locator(ask.selector)
      .first()
      .hover({ timeout: timeoutOf(ask) });
    return null;
  },
  async type(page, ask) {
    await page.keyboard.type(ask.text);
    return null;
  },
  async press(page, ask) {
    await page.keyboard.press(ask.key);
    return null;
  },
  async texts(page, ask) {
    const frame = await frameOf(page, ask);
    return frame.locator(ask.selector).allInnerTexts();
  },
  async waitFor(page, ask) {
    const frame = await frameOf(page, ask);
    const state = ask.state ?? 'visible';
    await frame
      .locator(ask.selector)
      .first()
      .waitFor({ state, timeout: timeoutOf(ask) });
    return null;
  },
  async evaluate(page, ask) {
    const frame = await frameOf(page, ask);
    return (await frame.evaluate(ask.expression)) ?? null;
  },
  async resize(page, ask) {
    await page.setViewportSize(ask);
    return null;
  },
  async frames(page) {
    return page.frames().map((frame) => frame.url());
  },
};

function timeoutOf(ask: InFrame): number {
  return ask.timeout ?? 10_000;
}

async function frameOf(page: Page, ask: InFrame): Promise<Frame> {
  return ask.frame === undefined ? page.mainFrame() : findFrame(page, ask.frame, timeoutOf(ask));
}

export interface ControlServer {
  url: string;
  close: () => void;
}

/**
 * Lets a suite inside the extension host act on the window from outside, over the loopback
 * interface; the address holds a random token, so that nothing else on the machine can.
 */
export async function startControlServer(page: () => Promise<Page>): Promise<ControlServer> {
  const token = randomBytes(16).toString('hex');
  const server = createServer(async (request, response) => {
    const [, given, action] = (request.url ?? '').split('/');
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (given !== token || request.method !== 'POST') return reply(403, { error: 'no' });
    const handler = handlers[action as Action] as ((page: Page, ask: unknown) => unknown) | undefined;
    if (!handler) return reply(404, { error: `no action is called ${action}` });
    try {
      reply(200, { answer: await handler(await page(), await body(request)) });
    } catch (error) {
      reply(500, { error: (error as Error).message });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${token}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function body(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}
