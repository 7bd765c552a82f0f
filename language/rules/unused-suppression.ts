import type { Rule } from './rule';

/** Made by `check` itself, which alone knows what was silenced. */
export const unusedSuppression: Rule = {
  id: 'unused-suppression',
  group: 'comments',
  structural: true,
  severity: 'warning',
  summary: 'A comment silences a finding that is not there.',
  why: 'It would hide the next real one.',
  check() {},
};
