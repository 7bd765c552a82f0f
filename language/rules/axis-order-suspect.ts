import type { Port } from '../names/declarations';
import type { TensorType } from '../types/type';
import type { Rule } from './rule';

export const axisOrderSuspect: Rule = {
  id: 'axis-order-suspect',
  group: 'shapes',
  severity: 'warning',
  summary: 'Both ends of a wire name the same axes, in another order.',
  why: 'Sizes may fit all the same, and then the brick mixes up, say, steps and channels without an error.',
  check({ inference, declaration, source }, report) {
    for (const { step, target, wires } of inference?.graph.steps.values() ?? []) {
      if (target.kind !== 'module') continue;
      for (const { wire, input, target: from } of wires) {
        const to = target.module.inputs.get(input ?? '');
        if (from.status !== 'found' || !to) continue;
        const owner = inference!.graph.steps.get(from.owner)?.target;
        const port =
          owner?.kind === 'module'
            ? owner.module.outputs.get(from.port ?? '')
            : declaration?.kind === 'module'
              ? declaration.inputs.get(from.owner)
              : undefined;
        const permuted = port && orderChanges(port, to);
        if (!permuted) continue;
        report({
          range: wire.range,
          message: `\`${wire.reference.owner}\` has the axes [${permuted[0].join(', ')}], but \`${step.name}.${input}\` names them [${permuted[1].join(', ')}]`,
          related: [
            {
              file: owner?.kind === 'module' ? owner.file : source.file,
              range: port.range,
              message: `\`${port.text}\``,
            },
            { file: target.file, range: to.range, message: `\`${to.text}\`` },
          ],
          help: 'turn the axes round with `transpose` where that is meant',
        });
      }
    }
  },
};

/** The names that both have, where their order differs. */
function orderChanges(from: Port, to: Port): [string[], string[]] | undefined {
  const [a, b] = [from, to].map(({ parsed }) => axisNames(parsed.type));
  const common = (names: string[], others: string[]) => names.filter((name) => others.includes(name));
  const [left, right] = [common(a!, b!), common(b!, a!)];
  const isClear = new Set(left).size === left.length && left.length === right.length && left.length > 1;
  return isClear && left.join() !== right.join() ? [left, right] : undefined;
}

function axisNames(type: TensorType | undefined): string[] {
  return (type?.dims ?? []).flatMap((dim) => dim.name ?? []).filter((name) => !name.startsWith('_'));
}
