/** What is asked of every brick before it is published. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import semver from 'semver';
import type { Finding } from '../../language/answers/answers';
import { lineMap } from '../../language/syntax/lines';
import { referencesOf } from '../../language/versions/requires';
import { EXIT } from '../../protocol/command';
import type { TestSummary } from '../../protocol/tests';
import { problemOfPath } from '../../registry/published/names';
import type { Registries } from '../../registry/published/registries';
import { CommandFailure } from '../failure';
import { display } from '../formats/json';
import { startTrainer } from '../launch';
import { runTests } from '../tests/run';
import type { FoundBrick } from './brick';
import type { Reason } from './reasons';

const MOST_FINDINGS = 5;
/** Said by publishing itself, against the registry that it publishes to. */
const ABOUT_VERSIONS = new Set(['bump-too-small', 'released-content-changed']);

/** Errors of the checker. */
export function findingReasons({ file, loaded: { workspace } }: FoundBrick): Reason[] {
  const errors = workspace
    .check(file)
    .filter(({ severity, rule }) => severity === 'error' && !ABOUT_VERSIONS.has(rule));
  const place = ({ range }: Finding) =>
    `${display(file)}:${lineMap(workspace.source(file)?.text ?? '').place(range.start).line + 1}`;
  const reasons = errors.slice(0, MOST_FINDINGS).map((finding): Reason => {
    const { rule, message, help } = finding;
    return { code: rule, message: `${place(finding)} ${message.split('\n')[0]}`, ...(help ? { help } : {}) };
  });
  const more = errors.length - reasons.length;
  if (more > 0)
    reasons.push({ code: 'errors', message: `and ${more} more errors`, help: 'brique check shows them.' });
  return reasons;
}

/** Bricks that it is made of and that nobody else could get. */
export function requirementReasons(
  { module, loaded: { workspace }, file }: FoundBrick,
  registries: Registries,
): Reason[] {
  return referencesOf(module).flatMap((reference): Reason[] => {
    const { name, versionRange: range = '*' } = reference;
    const lookup = workspace.names(file).find('module', reference);
    if (lookup.status !== 'found' || lookup.source.origin === 'library') return [];
    const versions = registries.releases(name).filter(({ yanked }) => !yanked);
    if (versions.some(({ version }) => semver.satisfies(version, range))) return [];
    return [
      {
        code: 'requirement-unpublished',
        message: `It uses ${name} ${range}, of which no version is published`,
        help: `Publish that first: brique publish ${name}`,
      },
    ];
  });
}

/** Weights that the brick names and that come from nowhere. */
export function weightsReasons({ module, file, name }: FoundBrick): Reason[] {
  const { weights } = module;
  if (!weights || existsSync(join(dirname(file), weights.value))) return [];
  return [
    {
      code: 'weights-missing',
      message: `The brick names its weights \`${weights.value}\`, which are not beside it`,
      help: `Take those of a run: brique publish ${name} --run latest`,
    },
  ];
}

/** Files that the brick's ops read from beside its manifest, by their paths there. */
export function filesOf({ file, loaded: { workspace } }: FoundBrick): {
  files: Record<string, string>;
  reasons: Reason[];
} {
  const { inference } = workspace.analysis(file) ?? {};
  const files: Record<string, string> = {};
  const reasons: Reason[] = [];
  const steps = inference?.kind === 'module' ? [...inference.graph.steps.values()] : [];
  for (const { target, values } of steps) {
    const path = target.kind === 'op' && target.op.name === 'tokenizer' ? values.get('file') : undefined;
    if (typeof path !== 'string') continue;
    const problem = problemOfPath(path);
    const from = join(dirname(file), path);
    if (problem) {
      reasons.push({
        code: 'path-invalid',
        message: `\`${path}\` cannot be published: the path ${problem}`,
        help: 'Put the file beside the brick.',
      });
    } else if (!existsSync(from)) {
      reasons.push({
        code: 'file-missing',
        message: `There is no file ${display(from)}, which the brick reads`,
      });
    } else files[path] = from;
  }
  return { files, reasons };
}

/** The brick's own tests, run as `brique test` runs them. */
export async function testReasons({
  file,
  name,
  loaded: { workspace },
}: FoundBrick): Promise<{ reasons: Reason[]; summary: TestSummary | undefined }> {
  const tests = workspace.tests(file);
  if (tests.length === 0) {
    return {
      reasons: [
        {
          code: 'untested',
          message: `${name} has no tests`,
          help: 'Write at least one under `tests:`, such as what comes out of zeros.',
        },
      ],
      summary: undefined,
    };
  }
  const trainer = startTrainer();
  try {
    const { results, summary, cancelled } = await runTests(
      trainer,
      tests,
      { engine: 'eager' },
      () => undefined,
    );
    if (cancelled)
      throw new CommandFailure('Cancelled while the tests ran; nothing was published', EXIT.cancelled);
    const reasons = results.flatMap(({ name: test, failure }): Reason[] => {
      if (!failure) return [];
      const { message, file: where, line, expected, got } = failure;
      const found = expected === undefined ? '' : ` (expected ${expected}, got ${got})`;
      return [
        {
          code: 'test-failed',
          message: `The test \`${test}\` fails: ${where}:${line} ${message.split('\n')[0]}${found}`,
        },
      ];
    });
    return { reasons, summary };
  } finally {
    trainer.kill('SIGKILL');
  }
}
