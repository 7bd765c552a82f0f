/** What the header of a file of weights says that lies beside a brick; read again only when the file has changed. */
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { WeightsFacts } from '../language/rules/rule';
import { RegistryFailure } from './published/failure';
import { problemOfPath } from './published/names';
import { readWeightsHeader } from './published/weights-header';

const known = new Map<string, { stamp: string; facts: WeightsFacts }>();

export function weights(manifest: string, file: string): WeightsFacts | 'missing' | 'unknown' {
  if (problemOfPath(file) !== undefined) return 'unknown';
  const folder = dirname(resolve(manifest));
  const path = join(folder, file);
  try {
    const { size, mtimeMs } = statSync(path);
    const stamp = `${size} ${mtimeMs}`;
    const kept = known.get(path);
    if (kept?.stamp === stamp) return kept.facts;
    const facts = factsOf(folder, file);
    if (facts !== 'unknown') known.set(path, { stamp, facts });
    return facts;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unknown';
  }
}

function factsOf(folder: string, file: string): WeightsFacts | 'unknown' {
  try {
    const { parameters } = readWeightsHeader(folder, file);
    return {
      shapes: Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, shape])),
    };
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error;
    return error.code === 'weights-broken' ? { broken: error.message } : 'unknown';
  }
}
