/** Findings and types after one small edit after the other, which start from what was known before each, are those of a fresh workspace. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allAtOnce } from '../../language/gradual';
import { describeProblem, type ShapeProblem } from '../../language/inference/problems';
import { Dim } from '../../language/types/dim';
import { printType } from '../../language/types/type';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';
import { repositoryFiles } from './syntax/repository';

const library = libraryFiles();
const reviews = repositoryFiles(['examples']).map(([path, text]): [string, string] => [`/w/${path}`, text]);
const modules = repositoryFiles(['modules']).map(([path, text]): [string, string] => [
  `/m/${path}`,
  text.replaceAll('std/', 'own/'),
]);

/** What a person changes at a time: a word, a number, a line. */
const WORDS = [
  'hidden',
  'relu',
  'true',
  '8',
  '0.5',
  '$width',
  'states',
  'float32[batch, 8]',
  'frozen',
  "'x y'",
  '[a, b]',
  '^1',
  'dense',
  '~',
];

type Edit = {
  kind: 'word' | 'number' | 'drop' | 'double' | 'comment' | 'silence' | 'back';
  at: number;
  with: number;
};

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('word', 'number', 'number', 'drop', 'double', 'comment', 'silence', 'back'),
  at: fc.noBias(fc.nat(9_999)),
  with: fc.noBias(fc.nat(99)),
});

function edited(text: string, first: string, { kind, at, with: pick }: Edit): string {
  if (kind === 'back') return first;
  const lines = text.split('\n');
  const index = Math.floor((at / 10_000) * lines.length);
  const line = lines[index]!;
  const word = WORDS[pick % WORDS.length]!;
  const changed: Record<Exclude<Edit['kind'], 'back'>, string[]> = {
    word: [line.replace(/(?<=[:,[{] ?)[\w.$/@^]+(?=[^:]*$)/, word)],
    number: [line.replace(/\d+/, String(pick))],
    drop: [],
    double: [line, line],
    comment: [`${line} # ${pick}`],
    silence: [
      `${line} # brique-ignore ${['unused-step', 'dim-mismatch', 'unknown-key'][pick % 3]}: it is so`,
    ],
  };
  lines.splice(index, 1, ...changed[kind]);
  return lines.join('\n');
}

function workspaceOf(files: Iterable<[string, string]>): Workspace {
  const workspace = new Workspace({ hash: (text) => text });
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  for (const [path, text] of files) workspace.setFile(path, text);
  return workspace;
}

/** Everything that typing says of a file, as text. */
function typed(workspace: Workspace, path: string): unknown {
  const graph = workspace.analysis(path)?.inference?.graph;
  if (!graph) return null;
  const { solver } = graph;
  const asWritten = (symbol: string) => symbol;
  const size = (dim: Dim) => solver.resolve(dim).toString(asWritten);
  const plainValue = (value: unknown): unknown =>
    value instanceof Dim ? size(value) : Array.isArray(value) ? value.map(plainValue) : value;
  const facts = (problem: ShapeProblem) =>
    problem.kind === 'equation' || problem.kind === 'condition'
      ? problem.facts.map(({ cause }) => cause.text)
      : undefined;
  return {
    steps: Array.from(graph.steps, ([name, { target, outputs, weights, flops, wires, values, ...rest }]) => ({
      ...{ name, kind: target.kind, missing: [rest.missingInputs, rest.missingSettings, rest.unvalued] },
      outputs: Array.from(outputs, ([port, type]) => [
        port,
        type && printType(solver.resolveType(type), asWritten),
      ]),
      weights: weights.map(({ role, dims }) => [role, dims.map(size)]),
      flops: flops && size(flops),
      wires: wires.map(({ input, target: source, wire }) => [input, source.status, wire.range]),
      values: Array.from(values, ([setting, value]) => [setting, plainValue(value)]),
    })),
    problems: graph.problems.map((problem) => [
      describeProblem(problem).message,
      problem.range,
      problem.reading,
      facts(problem),
    ]),
    questions: graph.questions.map(({ kind, left, right, range }) => [kind, size(left), size(right), range]),
    repeated: graph.repeated.map(({ step, fromEnd, size: to }) => [step.step.name, fromEnd, size(to)]),
    undecided: graph.undecided.length,
  };
}

const plain = (found: unknown) => JSON.parse(JSON.stringify(found)) as unknown;

describe('findings after edits', () => {
  for (const [name, files, numRuns] of [
    ['the examples', reviews, 60],
    ['bricks', modules, 60],
  ] as const) {
    it(`are those of a fresh workspace: ${name}`, () => {
      const texts = new Map(files);
      const workspace = workspaceOf(texts);
      const property = fc.property(
        fc.array(fc.noBias(fc.nat(files.length - 1)), { minLength: 1, maxLength: 2 }),
        fc.array(fc.tuple(fc.nat(9), edit), { minLength: 2, maxLength: 12 }),
        (chosen, edits) => {
          for (const [which, next] of edits) {
            // Mostly the same file, as people do.
            const [path, first] = files[chosen[which > 7 ? chosen.length - 1 : 0]!]!;
            const text = edited(texts.get(path)!, first, next);
            texts.set(path, text);
            // Sometimes as an editor that had the time to expect an edit.
            if (which % 2 === 0) allAtOnce(workspace.warming(path));
            workspace.setFile(path, text);
            workspace.check(path);
            const fresh = workspaceOf(texts);
            for (const other of new Set(chosen.map((index) => files[index]![0])))
              assert.deepEqual(plain(workspace.check(other)), plain(fresh.check(other)), `${other}\n${text}`);
            assert.deepEqual(plain(typed(workspace, path)), plain(typed(fresh, path)), `${path}\n${text}`);
          }
          for (const index of chosen) {
            const [path, first] = files[index]!;
            texts.set(path, first);
            workspace.setFile(path, first);
          }
        },
      );
      fc.assert(property, { numRuns });
    });
  }
});
