import type { ChildProcess } from 'node:child_process';
import type { EngineChoice } from '../protocol/command';
import { EXIT } from '../protocol/command';
import type { TestEvent, TestResult, TestSummary } from '../protocol/tests';
import { CommandFailure } from './failure';
import { startTrainer } from './launch';
import type { CommonOptions } from './options';
import { note, type Paint, paintFor, print, printJson } from './output';
import { runTests } from './tests/run';
import { selectTests } from './tests/select';

export interface TestOptions extends CommonOptions {
  engine: EngineChoice;
  device?: string;
  format: 'text' | 'json' | 'events';
}

/** Runs the tests of bricks. Results go to stdout, one line each as they come. */
export async function test(args: string[], options: TestOptions): Promise<number> {
  // It loads while bricks are read.
  const trainer = startTrainer();
  try {
    return await testWith(trainer, args, options);
  } finally {
    trainer.kill('SIGKILL');
  }
}

async function testWith(trainer: ChildProcess, args: string[], options: TestOptions): Promise<number> {
  const { tests, bricks, loaded } = selectTests(args, options);
  if (bricks === 0) throw new CommandFailure(`There are no bricks in ${args.join(', ') || 'this workspace'}`);
  const format = options.json ? 'json' : options.format;
  const paint = paintFor(process.stdout);
  const { engine, device } = options;
  const tell = (event: TestEvent) => {
    if (format === 'events') print(JSON.stringify(event));
    else if (
      format === 'text' &&
      event.type === 'test_ended' &&
      !(options.quiet && event.status === 'passed')
    )
      print(lineOf(event, paint));
  };
  const { results, summary, cancelled } = await runTests(trainer, tests, { engine, device }, tell);
  if (format === 'json') printJson({ tests: results, summary });
  else if (format === 'text' && !options.quiet) note(summaryOf(summary, tests.length, bricks));
  if (cancelled) return EXIT.cancelled;
  if (loaded.unreadable.length > 0) return EXIT.misuse;
  return summary.failed > 0 ? EXIT.findings : EXIT.fine;
}

const MARKS = { passed: '✓', failed: '✗', skipped: '-' } as const;
const STYLES = { passed: 'green', failed: 'red', skipped: 'yellow' } as const;

function lineOf({ module, name, status, seconds, failure, reason }: TestResult, paint: Paint): string {
  const time = seconds > 0 ? paint('dim', `  ${(seconds * 1000).toFixed(0)} ms`) : '';
  const head = `${paint(STYLES[status], MARKS[status])} ${module}: ${name}${time}`;
  if (reason !== undefined) return `${head}\n    ${reason}`;
  if (!failure) return head;
  const { message, file, line, expected, got } = failure;
  const lines = [head, `    ${paint('bold', `${file}:${line}`)} ${message.replaceAll('\n', '\n    ')}`];
  if (expected !== undefined) lines.push(`      expected ${expected}`);
  if (got !== undefined) lines.push(`      got      ${got}`);
  return lines.join('\n');
}

/** `31 passed, 1 failed of 33 tests in 12 bricks, 1.4 s`. */
function summaryOf({ passed, failed, skipped, seconds }: TestSummary, tests: number, bricks: number): string {
  const pieces = [`${passed} passed`];
  if (failed > 0) pieces.push(`${failed} failed`);
  if (skipped > 0) pieces.push(`${skipped} skipped`);
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `${pieces.join(', ')} of ${count(tests, 'test')} in ${count(bricks, 'brick')}, ${seconds.toFixed(1)} s`;
}
