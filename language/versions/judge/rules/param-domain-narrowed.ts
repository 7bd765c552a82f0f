import { moduleSettings, refusal, type Setting } from '../../../inference/settings';
import { evaluate } from '../../../inference/values';
import type { Param } from '../../../names/declarations';
import { parse } from '../../../syntax/parse';
import type { ChangeRule } from '../change';
import { brickUsing, sampleOf } from '../consumer';
import type { Pair } from '../pair';
import { placeOf, restored } from '../places';
import { generalTrials, sizedTrials } from '../trial';

export const paramDomainNarrowed: ChangeRule = {
  id: 'param-domain-narrowed',
  summary: 'A value that a param took is no longer allowed.',
  why: 'Whoever sets it to that value is refused.',
  find({ old, next, name }) {
    return [...old.module.params.values()].flatMap((param) => {
      const now = next.module.params.get(param.name);
      if (!now) return [];
      const refused = refusedValue(param, now, { old, next });
      if (refused === undefined) return [];
      return [
        {
          subject: { kind: 'param', name: param.name },
          surface: 'call',
          bump: 'major',
          message: `The param \`${param.name}\` could be \`${refused}\`, which is no longer allowed`,
          old: placeOf(old, ['params', param.name]),
          next: placeOf(next, ['params', param.name]),
          consumers: () => {
            const sized = sizedTrials(old.module, old.module).map((trial) => ({
              ...trial,
              sizes:
                param.type === 'int' ? new Map([...trial.sizes, [param.name, Number(refused)]]) : trial.sizes,
            }));
            return [
              ...(param.type === 'int' ? [] : generalTrials(old.module).slice(0, 1)),
              ...sized.slice(0, 40),
            ].map((trial) =>
              brickUsing(name, old.module, {
                trial,
                params: new Map([[param.name, refused]]),
                about: { param: param.name },
              }),
            );
          },
          fixes: () => [
            {
              title: `Let \`${param.name}\` be what it could be`,
              edits: restored(old, next, ['params', param.name]),
            },
          ],
        },
      ];
    });
  },
};

/** A value, as YAML, that the param could be and can no longer. */
export function refusedValue(old: Param, next: Param, sides: Pick<Pair, 'old' | 'next'>): string | undefined {
  const was = moduleSettings(sides.old.module).get(old.name)!;
  const is = moduleSettings(sides.next.module).get(next.name)!;
  return samples(old, next).find((value) => isAllowed(value, was) && !isAllowed(value, is));
}

/** Values at the edges of what either version allows, as YAML. */
function samples(old: Param, next: Param): string[] {
  const step = old.type === 'int' ? 1 : 0.001;
  const edges = [old.min, old.max, next.min, next.max].flatMap((edge) =>
    edge === undefined ? [] : [edge, edge - step, edge + step],
  );
  const numbers = [...edges, ...(old.type === 'int' ? [1, 2, 3, 64, 0, -1] : [0.5, 1, 2, 0, -1])];
  switch (old.type) {
    case 'int':
    case 'float':
      return [...(old.values ?? []), ...numbers].map(String);
    case 'bool':
      return ['true', 'false'];
    case 'string':
      return [...(old.values ?? []).map((value) => JSON.stringify(value)), '"text"'];
    default:
      return [sampleOf(old), ...numbers.map((number) => `[${number}]`)];
  }
}

function isAllowed(yaml: string, setting: Setting): boolean {
  const { value, problems } = evaluate(parse(yaml).root, setting.type, new Map());
  return value !== undefined && problems.length === 0 && refusal(value, setting) === undefined;
}
