/** In a comment: names of the rules that it may silence. */
import { rules } from '../../rules/rules';
import { lineEnd, lineStart } from '../../syntax/scan';
import type { Candidate } from '../answers';
import { placeholder } from './context';

const beforeName = /(?:^|\s)#\s*brique-ignore\s+((?:[\w-]+\s*,\s*)*)([\w-]*)$/;
const beforeMarker = /(?:^|\s)#\s*([\w-]*)$/;

/** Undefined where the offset is in no comment of ours. */
export function suppressions(text: string, offset: number): Candidate[] | undefined {
  const start = lineStart(text, offset);
  const line = text.slice(start, offset);
  if (!line.includes('#')) return undefined;
  const name = beforeName.exec(line);
  if (name) {
    const after = /^[\w-]*/.exec(text.slice(offset))![0];
    const rest = text.slice(offset + after.length, lineEnd(text, offset));
    const given = new Set(name[1]!.split(',').map((each) => each.trim()));
    const reason = rest.includes(':') ? '' : `: ${placeholder(1, ['reason'])}`;
    const replace = { start: offset - name[2]!.length, end: offset + after.length };
    return rules
      .filter(({ id }) => !given.has(id))
      .map(({ id, summary, why }) => ({
        label: id,
        kind: 'value',
        detail: summary,
        documentation: why,
        insert: id + reason,
        replace,
        rank: 0,
      }));
  }
  const marker = beforeMarker.exec(line);
  if (!marker || !'brique-ignore'.startsWith(marker[1]!)) return undefined;
  return [
    {
      label: 'brique-ignore',
      kind: 'value',
      detail: 'Silence a finding here, with a reason',
      insert: `brique-ignore ${placeholder(1, ['rule'])}: ${placeholder(2, ['reason'])}`,
      replace: { start: offset - marker[1]!.length, end: offset },
      rank: 0,
    },
  ];
}
