import { type Command, InvalidArgumentError, Option } from 'commander';
import { ENGINE_CHOICES, type EngineChoice } from '../protocol/command';

export interface CommonOptions {
  json?: boolean;
  quiet?: boolean;
  root?: string;
}

export interface RunOptions extends CommonOptions {
  engine: EngineChoice;
  device?: string;
}

export function withCommon(command: Command): Command {
  return command
    .option('--json', 'print one JSON document on stdout')
    .option('-q, --quiet', 'print results only')
    .option('--root <folder>', "the workspace's root, where .brique lies");
}

export function withEngine(command: Command): Command {
  return withCommon(command).addOption(engineOption('auto')).addOption(deviceOption());
}

export function engineOption(otherwise: EngineChoice): Option {
  return new Option(
    '--engine <name>',
    'graph: native TensorFlow; eager: the embedded one; auto: what there is',
  )
    .choices(ENGINE_CHOICES)
    .default(otherwise);
}

export function deviceOption(): Option {
  return new Option('--device <name>', 'where to compute').choices(['cpu', 'gpu']);
}

/** A whole number that is not negative; a count is at least 1. */
export function countOption(flags: string, description: string, otherwise: number): Option {
  const least = Math.min(otherwise, 1);
  return new Option(flags, description).default(otherwise).argParser((text: string) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`It is a whole number, at least ${least}.`);
    return value;
  });
}

/** One `--set`: a path and a value. */
export interface Setting {
  path: string[];
  value: string;
  /** How it was written, when not as `--set`. */
  option?: string;
}

/** Gathers `--set part.param=value`, given once or more. */
export function settingOption(): Option {
  return new Option(
    '--set <name=value>',
    "change a part's parameter (encoder.hidden=64) or a setting (train.epochs=5) for this run; may be repeated",
  )
    .argParser((text: string, before: Setting[]) => [...before, parseSetting(text)])
    .default([], 'none');
}

function parseSetting(text: string): Setting {
  const at = text.indexOf('=');
  const path = text.slice(0, at).trim().split('.');
  if (at < 1 || path.length < 2 || path.includes('')) {
    throw new InvalidArgumentError('It is written part.param=value, such as encoder.hidden=64.');
  }
  return { path, value: text.slice(at + 1).trim() };
}
