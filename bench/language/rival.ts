import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface Rival {
  validate(path: string, text: string): Promise<unknown[]>;
}

interface SchemaSetting {
  uri: string;
  fileMatch: string[];
}

/** A program of its own too, so it is plain JavaScript that starts without a compiler. */
export const rivalProgram = join(__dirname, 'rival.cjs');

const program: { createService(): Rival; schemaSettings(): SchemaSetting[] } =
  createRequire(__filename)(rivalProgram);

export const { createService, schemaSettings } = program;
