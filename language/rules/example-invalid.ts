import {
  exampleParams,
  expectedType,
  givenRules,
  givenType,
  madeValue,
  makingProblem,
} from '../inference/example';
import type { Cause } from '../inference/graph';
import { instantiate } from '../inference/instance';
import { locatedText, type ModuleDeclaration } from '../names/declarations';
import { asNumber, entriesOf, get, itemsOf, keyOf } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import { describeRank } from '../types/fit';
import { Solver } from '../types/solver';
import { printType } from '../types/type';
import { expectedProblem, listProblem, paramProblems } from './example-values';
import { listed, type Report, type Rule } from './rule';

export const exampleInvalid: Rule = {
  id: 'example-invalid',
  group: 'governance',
  severity: 'error',
  after: 'any',
  summary: "A test contradicts its brick's own ports or conditions.",
  why: 'It could never pass: the ports say what goes in and what comes out.',
  check({ declaration, inference, source }, report) {
    // Ports that the graph contradicts are said to be wrong there; which of them the test should follow is not known.
    if (declaration?.kind !== 'module' || (inference?.graph.problems.length ?? 0) > 0) return;
    for (const test of declaration.tests) checkTest(test, declaration, source.file, report);
  },
};

function checkTest(
  test: TreeNode,
  module: ModuleDeclaration,
  file: string,
  report: (found: Report) => void,
): void {
  const instance = instantiate(module, exampleParams(test, module), 'test');
  const solver = new Solver<Cause>();
  let isSound = true;
  const say = (found: Report) => {
    isSound = false;
    report(found);
  };
  for (const problem of paramProblems(test, module)) say(problem);
  for (const side of ['given', 'expect'] as const) {
    // What comes out follows from what goes in.
    if (!isSound) return;
    const ports = side === 'given' ? instance.inputs : instance.outputs;
    for (const entry of entriesOf(get(test, side))) {
      const name = keyOf(entry);
      if (name.startsWith('x-')) continue;
      if (!ports.has(name)) {
        const what = side === 'given' ? 'input' : 'output';
        say({
          range: entry.key.range,
          names: [name],
          message: `There is no ${what} \`${name}\`; there ${ports.size === 1 ? 'is' : 'are'} ${listed(ports.keys()) || 'none'}`,
        });
        continue;
      }
      const port = ports.get(name);
      const type = port && (side === 'given' ? givenType(entry.value, port) : expectedType(entry.value));
      const text = side === 'given' && port?.dtype !== 'string' ? locatedText(entry.value) : undefined;
      const made = side === 'given' ? madeValue(entry.value) : undefined;
      if (port && text && !made) {
        say({
          range: text.range,
          message: `\`${text.value}\` is no value for ${printType(port)}: one of ${listed(givenRules.map((rule) => `${rule}[…]`))}, or a list, is`,
        });
        continue;
      }
      const odd = made && port && makingProblem(made, port.dtype);
      if (odd) {
        say({
          range: locatedText(entry.value)!.range,
          message: `\`${locatedText(entry.value)!.value}\` cannot be made: ${odd}`,
        });
        continue;
      }
      const wrong =
        port && (side === 'given' ? listProblem(entry.value, port) : expectedProblem(entry.value));
      if (wrong) {
        say(wrong);
        continue;
      }
      if (!port || !type) continue;
      const range =
        (locatedText(entry.value) ?? locatedText(get(entry.value, 'type')))?.range ??
        entry.value?.range ??
        entry.range;
      const fit = solver.fit(type, port, { text: `${side} ${name}`, file, range });
      // Where several do not fit, it is most often for the same reason.
      if (!fit.ok && isSound) say({ range, message: misfit(name, fit) });
      const bounds = side === 'expect' ? get(entry.value, 'range') : undefined;
      const [least, greatest] = itemsOf(bounds).map(asNumber);
      if (bounds && least !== undefined && greatest !== undefined && least > greatest)
        say({
          range: bounds.range,
          message: `No number is at least ${least} and at most ${greatest}; the smaller one comes first`,
        });
    }
  }
  for (const { written, constraint } of instance.conditions) {
    const range = (get(test, 'params') ?? get(test, 'given') ?? test).range;
    if (isSound && solver.demand(constraint, { text: 'where', file, range }) === 'no')
      say({ range, message: `\`${written.text}\` does not hold with these sizes` });
  }
}

function misfit(name: string, fit: Exclude<ReturnType<Solver<Cause>['fit']>, { ok: true }>): string {
  const what = `\`${name}\` is ${printType(fit.to)}`;
  if (fit.reason === 'dtype') return `${what}, not ${fit.from.dtype}`;
  if (fit.reason === 'rank') return `${what}: it has ${describeRank(fit.to)}, not ${fit.from.dims.length}`;
  const axis = fit.axes[0]!;
  return `${what}: axis ${axis.axis} is ${axis.to}, not ${axis.from}`;
}
