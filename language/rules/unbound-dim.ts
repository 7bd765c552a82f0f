import type { ModuleDeclaration } from '../names/declarations';
import { nearest } from '../names/nearest';
import { isOptional, optionalSymbol } from '../types/type';
import { type Analysis, listed, type Report, type Rule, replace, respell } from './rule';

export const unboundDim: Rule = {
  id: 'unbound-dim',
  group: 'shapes',
  severity: 'error',
  after: ['unresolved-port', 'unknown-key', 'missing-field', 'wrong-value'],
  summary: 'An output size that neither an input nor a parameter fixes.',
  why: 'Nobody who uses the brick could know how large its output is.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module') return;
    // What an unreadable input would have fixed is not known.
    if ([...declaration.inputs.values()].some(({ parsed }) => !parsed.type)) return;
    for (const found of [...openSizes(declaration, analysis), ...openElements(declaration)]) report(found);
  },
};

function openSizes(declaration: ModuleDeclaration, analysis: Analysis): Report[] {
  const { always, sometimes } = boundNames(declaration);
  return [...declaration.outputs.values()].flatMap(({ parsed, range: at, name: port }): Report[] => {
    const lead = parsed.type?.lead;
    const optional = lead !== undefined && isOptional(lead) ? optionalSymbol(lead) : undefined;
    return parsed.names.flatMap(({ name, start, end }): Report[] => {
      if (always.has(name) || (sometimes.has(name) && name === optional)) return [];
      const range = { start: at.start + start, end: at.start + end };
      if (sometimes.has(name)) {
        const message = `The size \`${name}\` of output \`${port}\` is not there when the inputs leave \`${name}?\` out`;
        return [
          { range, message, propose: () => [replace(analysis, range, `${name}?`, `Change to \`${name}?\``)] },
        ];
      }
      const near = nearest(name, always);
      return [
        {
          range,
          names: [name],
          message: `The size \`${name}\` of output \`${port}\` is fixed by no input or parameter; known are ${listed(always) || 'none'}`,
          propose: () => (near ? [respell(analysis, range, near)] : []),
        },
      ];
    });
  });
}

/** Names that have a size in every use, and those that have one only where `name?` is there. */
function boundNames({ params, inputs, outputs, where }: ModuleDeclaration) {
  const always = new Set(params.keys());
  const sometimes = new Set<string>();
  for (const { parsed } of inputs.values()) {
    const lead = parsed.type?.lead;
    const optional = lead !== undefined && isOptional(lead) ? optionalSymbol(lead) : undefined;
    for (const { name } of parsed.names) (name === optional ? sometimes : always).add(name);
  }
  for (const { parsed } of outputs.values()) for (const { name } of parsed.fixed) always.add(name);
  for (const { parsed } of where)
    if (parsed.constraint?.relation === '==') for (const { name } of parsed.names) always.add(name);
  for (const name of always) sometimes.delete(name);
  return { always, sometimes };
}

/** Classes of element types of outputs that no input decides. */
function openElements({ inputs, outputs }: ModuleDeclaration): Report[] {
  const decided = new Set([...inputs.values()].map(({ parsed }) => parsed.type?.oneOf?.name));
  return [...outputs.values()].flatMap(({ name, parsed, range }): Report[] => {
    const element = parsed.type?.oneOf;
    if (!element || decided.has(element.name)) return [];
    const end = range.start + element.name.length;
    const message = `The element type of output \`${name}\` is left open, and no input is \`${element.name}\``;
    return [
      { range: { start: range.start, end }, message, help: `name one, such as \`${element.members[0]}\`` },
    ];
  });
}
