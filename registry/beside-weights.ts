/** What the header of a file of weights says that lies beside a brick; read again only when the file has changed. */
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { WeightsFacts } from '../language/rules/rule';
import { FileFacts } from './file-facts';
import { RegistryFailure } from './published/failure';
import { problemOfPath } from './published/names';
import { readWeightsHeader } from './published/weights-header';

const known = new FileFacts<WeightsFacts>();

export function weights(manifest: string, file: string): WeightsFacts | 'missing' | 'unknown' {
  if (problemOfPath(file) !== undefined) return 'unknown';
  const folder = dirname(resolve(manifest));
  const path = join(folder, file);
  try {
    return known.of(path, statSync(path), () => factsOf(folder, file));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unknown';
  }
}

/** Throws where nothing can be said of the file. */
function factsOf(folder: string, file: string): WeightsFacts {
  try {
    const { parameters } = readWeightsHeader(folder, file);
    return {
      shapes: Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, shape])),
    };
  } catch (error) {
    if (error instanceof RegistryFailure && error.code === 'weights-broken') return { broken: error.message };
    throw error;
  }
}
