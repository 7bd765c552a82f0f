/** A head on a frozen encoder, once the encoder's output is cached, beside that head alone on stored features. */
import { join } from 'node:path';
import type { Figure } from '../figures';
import type { Setting } from './engine';
import { FROZEN_ENCODER, STORED_FEATURES } from './models';
import { brique } from './programs';
import { inRounds, median, medianRatio, round } from './rounds';
import { absent, share } from './steps';
import { writeModel } from './workspace';

export async function frozenHead(root: string, setting: Setting): Promise<Figure> {
  const title = 'a head on a frozen encoder, after the first epoch';
  const executor = setting.native ? 'graph' : 'eager';
  const contestants = [FROZEN_ENCODER, STORED_FEATURES].map((model) => {
    const folder = join(root, model.name);
    writeModel(folder, model);
    return { program: { ...brique(executor), folder }, steps: model.steps };
  });
  const { measured, missing } = await inRounds(root, contestants, {
    ...setting,
    seconds: setting.seconds / 2,
  });
  const [frozen, stored] = measured;
  if (!frozen || !stored) return absent(title, missing.map(({ why }) => why).join('; '));
  const ratio = medianRatio(frozen.steps, stored.steps);
  const times = `${round(median(frozen.steps))} ms a step against ${round(median(stored.steps))}`;
  const notes = `${times} on ${executor}, ${frozen.steps.length} rounds, of whose ratios this is the median; the first epoch, which computes the features, is left out`;
  return { ...share(title, ratio, 1.1, notes), unit: 'of the head alone on stored features' };
}
