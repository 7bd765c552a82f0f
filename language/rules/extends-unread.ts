import { locatedText } from '../names/declarations';
import { get } from '../syntax/path';
import type { Rule } from './rule';

export const extendsUnread: Rule = {
  id: 'extends-unread',
  group: 'names',
  severity: 'error',
  summary: 'A composition extends another, which this version does not read yet.',
  why: 'What it inherits would be missing in silence.',
  check({ declaration }, report) {
    if (declaration?.kind !== 'model') return;
    const base = locatedText(get(declaration.root, 'extends'));
    if (base)
      report({ range: base.range, message: '`extends` is not read yet; write the parts and tasks here' });
  },
};
