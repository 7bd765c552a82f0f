import { canonicalText } from '../../language/versions/canonical';
import type { Integrity } from '../generated/integrity';
import { validateIntegrity } from '../generated/validate';
import { sha256 } from '../sha256';
import { refuse } from './failure';
import { INTEGRITY, problemOfPaths } from './names';
import { readText } from './regular-files';

const MOST_BYTES = 8 * 2 ** 20;

/** Two publications of the same content have the same hash. */
export function sealed(content: Omit<Integrity, 'hash'>): Integrity {
  const { published, ...hashed } = content;
  return { ...hashed, published, hash: sha256(canonicalText(hashed)) };
}

/** As it lies on disk. */
export function integrityText(integrity: Integrity): string {
  return `${JSON.stringify(integrity, undefined, 2)}\n`;
}

/** What the folder of a published version says of itself. Throws `integrity-missing` or `integrity-broken`. */
export function readIntegrity(folder: string, name: string, version: string): Integrity {
  const integrity = integrityOf(parsed(textIn(folder)), INTEGRITY);
  if (integrity.name !== name || integrity.version !== version) {
    refuse('integrity-broken', `${INTEGRITY} is of ${integrity.name} ${integrity.version}`);
  }
  return integrity;
}

/** Checks what was read from anywhere; `where` is for the message. */
export function integrityOf(data: unknown, where: string): Integrity {
  if (!validateIntegrity(data)) {
    const [error] = validateIntegrity.errors ?? [];
    const at = (error?.instancePath ?? '').slice(1).replaceAll('/', '.');
    return refuse(
      'integrity-broken',
      `${at === '' ? where : `\`${at}\` in ${where}`} ${inWords(error?.message ?? 'is invalid')}`,
    );
  }
  const { hash, ...content } = data;
  if (sealed(content).hash !== hash) refuse('integrity-broken', `${where} does not have its own hash`);
  const path = problemOfPaths(Object.keys(data.files));
  if (path)
    refuse('integrity-broken', `${where} names the file ${JSON.stringify(path.path)}, which ${path.problem}`);
  if (!Object.hasOwn(data.files, data.manifest))
    refuse('integrity-broken', `${where} does not list ${data.manifest}`);
  return data;
}

/** Of a validator: `must be object` is meant for programs. */
function inWords(message: string): string {
  return message
    .replace(/^must be (object|array|integer)$/, (_, type: string) => `must be an ${type}`)
    .replace(/^must be (string|number|boolean)$/, 'must be a $1')
    .replace(/^must have required property '(.*)'$/, 'has no `$1`')
    .replace(/^must NOT have additional properties$/, 'has keys that nobody knows')
    .replace(/^must match pattern .*$/, 'is not written as it should be');
}

function textIn(folder: string): string {
  try {
    return readText(folder, INTEGRITY, MOST_BYTES);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return refuse(code === 'not-there' ? 'integrity-missing' : 'integrity-broken', message);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('integrity-broken', `${INTEGRITY} is not JSON`);
  }
}
