/** Ops with what each has to be told. */
import { allOps } from '../../ops/catalogue';
import type { Op } from '../../ops/op';
import { get } from '../../syntax/path';
import type { Candidate } from '../answers';
import { opText } from '../texts';
import { type Context, placeholder } from './context';
import { fitting, intoStep } from './wires';

export function ops(context: Context): Candidate[] {
  return allOps().map((op) => ({
    label: op.name,
    kind: 'op',
    detail: op.summary,
    documentation: opText(op),
    insert: op.name + opWiring(context, op),
    plain: op.name,
    replace: context.cursor.replace,
    rank: op.stage === 'graph' ? 0 : 1,
  }));
}

/** Inputs and required attributes of an op that was just chosen; nothing once it is wired. */
function opWiring(context: Context, op: Op): string {
  const { cursor, analysis, step } = context;
  const map = cursor.parents.at(-1);
  if (!map || !step || get(map, 'in')) return '';
  let place = 0;
  const chosen = { ...step, target: { kind: 'op', op } as const, wires: [] };
  const needed = op.inputs.filter((input) => !input.optional);
  const only = needed.length === 1 ? needed[0] : undefined;
  const wired = only
    ? placeholder(
        ++place,
        only === op.inputs[0] ? fitting(context, intoStep(analysis, chosen, only.name)) : [],
      )
    : `{ ${needed.map(({ name }) => `${name}: ${placeholder(++place, [])}`).join(', ')} }`;
  const settings = Object.entries(op.attributes)
    .filter(([name, attribute]) => attribute.required && !get(map, name))
    .map(([name, attribute]) => `${name}: ${placeholder(++place, attribute.values ?? [])}`);
  const lines = [...(needed.length > 0 ? [`in: ${wired}`] : []), ...settings];
  return lines.map((line) => (cursor.flow ? `, ${line}` : `\n${line}`)).join('');
}
