import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PREPARE_OPS } from '../../engine/data/prepare/catalogue';
import { metricNames } from '../../engine/evaluate/metrics/metrics';
import { compileStep } from '../../engine/step/compile';
import { UnsupportedByEngine } from '../../engine/step/errors';
import { losses } from '../../engine/step/loss/losses';
import { lowerings } from '../../engine/step/lower/lowerings';
import { allOps } from '../../language/ops/catalogue';
import { allLosses } from '../../language/ops/losses';
import { allMetrics } from '../../language/ops/metrics';
import { tensorflow } from '../../language/plan/engines/tensorflow';
import type { TrainMode } from '../../language/plan/format';
import { classifierPlan } from './step/plans';

const table = 'language/plan/engines/tensorflow.ts';

/** Both ways: what is not listed must run, and what runs must not be listed. */
function sameSets(listed: readonly string[], lacking: string[], what: string): void {
  assert.deepEqual([...listed].sort(), lacking.sort(), `${what}: ${table} does not say what the engine does`);
}

describe('what tensorflow lacks', () => {
  it('are the ops that it has no lowering for', () => {
    const lacking = allOps()
      .filter(({ name, stage }) => !(name in (stage === 'graph' ? lowerings : PREPARE_OPS)))
      .map(({ name }) => name);
    sameSets(tensorflow.ops, lacking, 'ops');
  });

  it('are the losses and metrics that it does not compute', () => {
    const names = (all: readonly { name: string }[], has: Iterable<string>) =>
      all.map(({ name }) => name).filter((name) => !new Set(has).has(name));
    sameSets(tensorflow.losses, names(allLosses(), Object.keys(losses)), 'losses');
    sameSets(tensorflow.metrics, names(allMetrics(), metricNames), 'metrics');
  });

  it('are the ways to train that it refuses', () => {
    const modes: TrainMode[] = [
      { mode: 'full' },
      { mode: 'frozen' },
      { mode: 'last', count: 1 },
      { mode: 'lora', rank: 2 },
    ];
    const plan = classifierPlan(3, 4, 2);
    const refused = modes.filter((mode) => {
      const changed = { ...plan, parts: plan.parts.map((part) => ({ ...part, train: [mode] })) };
      try {
        compileStep(changed, { phase: 0 });
        return false;
      } catch (error) {
        assert.ok(error instanceof UnsupportedByEngine, String(error));
        return true;
      }
    });
    sameSets(
      tensorflow.modes,
      refused.map(({ mode }) => mode),
      'modes',
    );
  });

  it('are the settings of training that no part of it reads', () => {
    const folder = join(__dirname, '../../engine');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    const settings = ['schedule', 'layer_decay', 'accumulate', 'balance', 'checkpoint'] as const;
    const unread = settings.filter(
      (setting) => !sources.some((text) => new RegExp(`train\\??\\.${setting}\\b`).test(text)),
    );
    sameSets(
      tensorflow.features.filter((feature) => settings.some((setting) => setting === feature)),
      unread,
      'features',
    );
  });
});
