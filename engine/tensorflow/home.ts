import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder below which `brique runtime` installs: BRIQUE_RUNTIME, else where the system keeps data of programs. */
export function runtimeHome(): string {
  const { BRIQUE_RUNTIME, LOCALAPPDATA, XDG_DATA_HOME } = process.env;
  if (BRIQUE_RUNTIME) return BRIQUE_RUNTIME;
  const own =
    process.platform === 'win32'
      ? LOCALAPPDATA || join(homedir(), 'AppData/Local')
      : process.platform === 'darwin'
        ? join(homedir(), 'Library/Application Support')
        : XDG_DATA_HOME || join(homedir(), '.local/share');
  return join(own, 'brique', 'runtime');
}

/** Where the native TensorFlow lies that `brique runtime install` made; its node_modules holds tfjs-node. */
export const installedTensorflow = (): string => join(runtimeHome(), 'tensorflow');
