import { version as own } from '../package.json';

export function version(): string {
  return own;
}
