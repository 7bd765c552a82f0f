import { request } from 'node:http';
import type { Action, Answer, Ask } from './actions';

/**
 * Acts on the VS Code window that the suite runs in: `control('click', { selector, frame })`.
 * Works inside the extension host; the launcher sets BRIQUE_TEST_CONTROL.
 */
export function control<A extends Action>(action: A, ask: Ask<A>): Promise<Answer<A>> {
  const endpoint = process.env.BRIQUE_TEST_CONTROL;
  if (!endpoint) throw new Error('BRIQUE_TEST_CONTROL is not set: nothing controls this window');
  // Not fetch, which VS Code replaces in the extension host.
  return new Promise((resolve, reject) => {
    const sent = request(`${endpoint}/${action}`, { method: 'POST', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const reply = JSON.parse(text) as { answer: Answer<A>; error?: string };
        if (reply.error === undefined) resolve(reply.answer);
        else reject(new Error(`${action}: ${reply.error}`));
      });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(ask));
  });
}
