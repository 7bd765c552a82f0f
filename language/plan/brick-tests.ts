import type { Finding } from '../answers/answers';
import type { Lookup } from '../names/catalogue';
import type { BrickReference } from '../names/reference';
import type { SourceFile } from '../names/source-file';
import { lineMap } from '../syntax/lines';
import { contains } from '../syntax/ranges';
import type { Range } from '../syntax/tree';
import type { Place, PlanTest } from './format';
import { declaredTests, planTest, type TestProblem } from './test';

/** One of a brick's `tests:`, ready to run, or with the reason why it fails without being run. */
export interface BrickTest {
  module: string;
  name: string;
  at: Place;
  test?: PlanTest;
  failure?: { message: string; at: Place; expected?: string; got?: string };
  /** Code in another language: no engine of ours runs it. */
  skipped?: string;
}

export interface TestHost {
  source(file: string): SourceFile | undefined;
  find(reference: BrickReference): Lookup<'module'>;
  check(file: string): Finding[];
  /** Files behind the brick that nobody here can read. */
  unreadable: string[];
  /** Whether a file beside a manifest is there; unknown counts as yes. */
  has(manifest: string, path: string): boolean;
  hash(text: string): string;
}

/** The tests of the brick that a file declares; none of any other file. */
export function brickTests(file: string, host: TestHost): BrickTest[] {
  const module = host.source(file)?.declaration;
  if (module?.kind !== 'module') return [];
  const place = (other: string, range: Range): Place => ({
    file: other,
    line: lineMap(host.source(other)?.text ?? '').place(range.start).line + 1,
  });
  const context = {
    module,
    place,
    find: host.find,
    origin: (other: string) => host.source(other)?.origin ?? 'workspace',
    has: host.has,
    hash: (other: string) => host.hash(host.source(other)?.text ?? ''),
  };
  const own = errorsOf(file, host);
  const tests = declaredTests(module);
  const inTests = (error: Finding) => tests.some(({ node }) => contains(node.range, error.range));
  const ofBrick = own.filter((error) => !inTests(error));
  return tests.map((declared): BrickTest => {
    const { name, range, node } = declared;
    const head = { module: module.name?.value ?? '', name, at: place(file, range) };
    const ofTest = own.find((error) => contains(node.range, error.range));
    const error = ofTest ?? ofBrick[0];
    if (error) return { ...head, failure: failureOf(error, file, place) };
    if (module.code)
      return { ...head, skipped: `written in ${module.code.language}, which this engine does not run` };
    const { test, problems, files } = planTest(declared, context);
    const problem =
      usedError(host.unreadable, host) ??
      problems[0] ??
      usedError(
        files.filter((used) => used !== file),
        host,
      );
    if (problem) return { ...head, failure: failureOf(problem, file, place) };
    return { ...head, test };
  });
}

function usedError(files: string[], host: TestHost): TestProblem | undefined {
  for (const file of files) {
    const [error] = errorsOf(file, host);
    if (error) return { message: error.message, file, range: error.range };
  }
  return undefined;
}

function errorsOf(file: string, host: TestHost): Finding[] {
  return host.check(file).filter(({ severity }) => severity === 'error');
}

function failureOf(
  { message, range, ...more }: Pick<Finding, 'message' | 'range'> & Partial<TestProblem>,
  file: string,
  place: (file: string, range: Range) => Place,
): NonNullable<BrickTest['failure']> {
  const { expected, got } = more;
  return {
    message,
    at: place(more.file ?? file, range),
    ...(expected === undefined ? {} : { expected }),
    ...(got === undefined ? {} : { got }),
  };
}
