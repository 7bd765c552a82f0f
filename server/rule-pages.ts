import { rulePage } from '../registry/rule-pages';
import { uriOf } from './paths';
import type { Session } from './session';

/** Where an editor finds the page of a rule: a command of its own that shows it, or the file. */
export function rulePageOf({ options }: Session, rule: string): string | undefined {
  const file = rulePage(rule);
  if (!file) return undefined;
  return options.showRule
    ? `command:${options.showRule}?${encodeURIComponent(JSON.stringify([rule]))}`
    : uriOf(file);
}
