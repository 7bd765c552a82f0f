import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { foldRun } from '../../protocol/runs/fold';
import { repository } from '../../scripts/shell';
import { launchBrowser } from '../editor/host/browser';
import { openPanel, type PanelPage, servePanels } from './page';
import { events, record } from './runs';
import type { ThemeName } from './themes';

const pictures = join(repository, '.cache/screenshots');

describe('run panel', () => {
  let browser: Browser;
  let server: Server;
  let panel: PanelPage;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    server = await servePanels();
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });
  beforeEach(async () => {
    panel = await openPanel(browser, server, 'dark');
  });
  afterEach(async () => {
    assert.deepEqual(panel.errors, [], 'no error and no violation of the policy');
    await panel.page.close();
  });

  const text = () => panel.page.locator('body').innerText();
  const see = (wanted: string) => panel.page.getByText(wanted).first().waitFor();
  const picture = (name: string) =>
    panel.page.screenshot({ path: join(pictures, `panel-${name}.png`), fullPage: true });

  it('asks for the run, and shows it from start to end as events come', async () => {
    assert.deepEqual(panel.posted, [{ type: 'ready' }]);
    await panel.send({ type: 'show', state: foldRun(record(), []) });
    await see('Curves appear with the first step.');
    const all = events({ end: 'completed' });
    const half = all.findIndex((event) => event.type === 'epoch_done' && event.epoch === 11) + 1;
    await panel.send({ type: 'events', events: all.slice(0, half) });
    await see('epoch 11 of 20');
    assert.match(await text(), /1,280 examples\/s/);
    assert.match(await text(), /Memory\s+about 1\.22 MB/);
    assert.match(await text(), /frozen/);
    // Events that were there already change nothing.
    await panel.send({ type: 'events', events: all.slice(half - 20) });
    await see('Completed');
    assert.match(await text(), /took \d/);
    assert.match(await text(), /sentiment\.f1 0\.808\s+not met: ≥ 0\.85/);
    assert.equal(await panel.page.locator('.chart svg').count(), 3);
  });

  for (const theme of ['dark', 'light', 'high-contrast'] satisfies ThemeName[]) {
    it(`can be read in the ${theme} theme`, async () => {
      await panel.setTheme(theme);
      await panel.send({ type: 'show', state: foldRun(record(), events({ until: 8 })) });
      await see('epoch 8 of 20');
      await panel.page.hover('.chart .canvas');
      await picture(`running-${theme}`);
      await panel.send({ type: 'show', state: foldRun(record(), events({ end: 'completed' })) });
      await see('Completed');
      await picture(`completed-${theme}`);
      const contrast = await panel.page.locator('h1').evaluate((h1) => getComputedStyle(h1).color);
      assert.notEqual(
        contrast,
        await panel.page.evaluate(() => getComputedStyle(document.body).backgroundColor),
      );
    });
  }

  it('says why a run failed, and leads to the place', async () => {
    await panel.send({ type: 'show', state: foldRun(record(), events({ until: 5, end: 'failed' })) });
    await see('A smaller learning rate helps');
    await picture('failed');
    await panel.page.getByText('product-sentiment.brique.yaml:21').click();
    assert.deepEqual(panel.posted.at(-1), {
      type: 'open',
      target: { what: 'source', file: 'product-sentiment.brique.yaml', line: 21 },
    });
  });

  it('stops a run by the keyboard', async () => {
    await panel.send({ type: 'show', state: foldRun(record(), events({ until: 3 })) });
    await see('Stop');
    await panel.page.keyboard.press('Tab');
    await panel.page.keyboard.press('Enter');
    await see('Stopping…');
    assert.deepEqual(panel.posted.at(-1), { type: 'stop', force: false });
  });

  it('tells an interrupted run from a running one, and back', async () => {
    await panel.send({ type: 'show', state: foldRun(record(), events({ until: 3 })) });
    await panel.send({ type: 'alive', alive: false });
    await see('This run was interrupted');
    await picture('interrupted');
    await panel.send({ type: 'alive', alive: true });
    await panel.page.getByText('This run was interrupted').waitFor({ state: 'detached' });
  });

  it('offers to go on with a run that did not come to its end, and with no other', async () => {
    const resume = panel.page.getByText('Resume', { exact: true });
    await panel.send({ type: 'show', state: foldRun(record(), events({ until: 3 })) });
    await see('Stop');
    assert.equal(await resume.count(), 0);
    await panel.send({ type: 'alive', alive: false });
    await resume.click();
    assert.deepEqual(panel.posted.at(-1), { type: 'resume' });
    await panel.send({ type: 'show', state: foldRun(record(), events({ end: 'completed' })) });
    await resume.waitFor({ state: 'detached' });
    await panel.send({ type: 'show', state: foldRun(record(), events({ until: 3, end: 'cancelled' })) });
    await resume.waitFor();
  });

  it('keeps what it has when the folder goes away', async () => {
    await panel.send(
      { type: 'show', state: foldRun(record(), events({ end: 'completed' })) },
      { type: 'gone' },
    );
    await see('The folder of this run was deleted');
    assert.match(await text(), /Confusion/);
    await picture('gone');
  });

  it('says so when there is nothing left to show', async () => {
    await panel.send({ type: 'gone' });
    await see('The folder of this run is no longer there');
  });

  it('shows the curves as a table', async () => {
    await panel.send({ type: 'show', state: foldRun(record(), events({ until: 12 })) });
    await panel.page.locator('vscode-checkbox').nth(1).click();
    await panel.page.locator('.tall tbody tr').nth(11).waitFor();
    await picture('table');
  });
});
