import { moduleSettings, valueProblem } from '../inference/settings';
import { defaultSizes } from '../inference/values';
import type { ModuleDeclaration, Param } from '../names/declarations';
import type { Constraint } from '../types/constraint';
import { Dim } from '../types/dim';
import { allowedNear } from './invalid-setting';
import { type Analysis, type FixProposal, type Report, type Rule, replace } from './rule';

export const invalidDefault: Rule = {
  id: 'invalid-default',
  group: 'names',
  severity: 'error',
  after: ['unknown-key', 'wrong-value', 'missing-field'],
  summary: 'A parameter has a default that it could not be given, or that does not go with the others.',
  why: 'Every use that does not set the parameter would start from a wrong value.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module') return;
    const settings = moduleSettings(declaration);
    const wrong = new Set<string>();
    for (const param of declaration.params.values()) {
      if (!param.default) continue;
      const setting = settings.get(param.name)!;
      const message = valueProblem(param.default, setting);
      if (!message) continue;
      wrong.add(param.name);
      const { range } = param.default;
      report({
        range,
        message: `The default of \`${param.name}\`: ${message}`,
        propose: () => {
          const written = analysis.source.text.slice(range.start, range.end);
          const number = setting.type === 'int' || setting.type === 'float' ? numberIn(written) : undefined;
          return [...(number === undefined ? [] : [number]), ...allowedNear(written, setting)].map((each) =>
            replace(analysis, range, each, `Change to \`${each}\``),
          );
        },
      });
    }
    for (const each of contradicting(declaration, wrong, analysis)) report(each);
  },
};

/** What the brick asks of its users, and its own defaults do not have. */
function contradicting(module: ModuleDeclaration, wrong: ReadonlySet<string>, analysis: Analysis): Report[] {
  const sizes = defaultSizes(module);
  return module.where.flatMap(({ text, parsed: { constraint, names } }): Report[] => {
    const params = [...new Set(names.map(({ name }) => name))];
    if (!constraint || params.length === 0 || !params.every((name) => sizes.has(name))) return [];
    if (params.some((name) => wrong.has(name)) || holds(constraint, sizes) !== false) return [];
    const { range } = module.params.get(params.at(-1)!)!.default!;
    const told = params.map((name) => `\`${name}\` is ${sizes.get(name)}`);
    return [
      {
        range,
        message: `With the defaults, \`${text}\` does not hold: ${told.join(' and ')}`,
        propose: () =>
          params.flatMap((name) => otherDefaults(module.params.get(name)!, constraint, sizes, analysis)),
      },
    ];
  });
}

/** How far from a default another one is looked for. */
const REACH = 64;

/** The nearest one, with which the condition holds. */
function otherDefaults(
  { name, default: node }: Param,
  constraint: Constraint,
  sizes: ReadonlyMap<string, Dim>,
  analysis: Analysis,
): FixProposal[] {
  const now = sizes.get(name)?.constant;
  if (!node || now === undefined) return [];
  const near = Array.from({ length: REACH }, (_, i) => [now - i - 1, now + i + 1]).flat();
  const found = near.find(
    (value) => value >= 1 && holds(constraint, new Map(sizes).set(name, Dim.of(value))) === true,
  );
  if (found === undefined) return [];
  return [replace(analysis, node.range, `${found}`, `Set the default of \`${name}\` to ${found}`)];
}

/** Undefined where that cannot be told. */
function holds({ left, relation, right }: Constraint, sizes: ReadonlyMap<string, Dim>): boolean | undefined {
  const [a, b] = [left.substitute(sizes).constant, right.substitute(sizes).constant];
  if (a === undefined || b === undefined) return undefined;
  return relation === '==' ? a === b : relation === '!=' ? a !== b : a <= b;
}

/** A number in quotes, or with `_` between its digits. */
function numberIn(written: string): string | undefined {
  const bare = written.replace(/^(["'])(.*)\1$/, '$2').replace(/(?<=\d)_(?=\d)/g, '');
  return bare !== written && /^[-+]?(\d+\.?\d*|\.\d+)$/.test(bare) ? bare : undefined;
}
