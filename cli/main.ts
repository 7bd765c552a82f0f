/** The `brique` command. Each subcommand loads what it needs when it runs, so that help comes at once. */
import { Command, CommanderError, Option } from 'commander';
import { EngineFailure } from '../engine/failure';
import { engines } from '../language/plan/engines/engines';
import { ENGINE_CHOICES, EXIT } from '../protocol/command';
import { CommandFailure } from './failure';
import { countOption, deviceOption, engineOption, settingOption, withCommon, withEngine } from './options';
import { paintFor, printJson } from './output';
import { addRegistryCommands } from './registry/commands';
import { version } from './version';

const program = new Command('brique')
  .description('Check, test, train and evaluate models that are composed of bricks.')
  .version(version())
  // `publish` has a --version of its own.
  .enablePositionalOptions()
  .showHelpAfterError('(brique --help says how it is used)')
  .exitOverride();

/** Runs a command, and takes its exit code. */
function run<Args extends unknown[]>(action: (...args: Args) => Promise<number> | number) {
  return async (...args: Args) => {
    process.exitCode = await action(...args);
  };
}

withCommon(program.command('check'))
  .description('find what is wrong in bricks, datasets and compositions')
  .argument('[path...]', 'files or folders; this folder without any')
  .addOption(
    new Option('--format <name>', 'how findings are printed')
      .choices(['text', 'json', 'sarif', 'github'])
      .default('text'),
  )
  .addOption(
    new Option('--fail-on <severity>', 'the least severe finding that gives exit code 1')
      .choices(['error', 'warning', 'information', 'hint'])
      .default('error'),
  )
  .option('--fix', 'make every fix that is safe, then report what is left')
  .addOption(
    new Option('--dry-run', 'show what --fix would change, and change nothing').implies({ fix: true }),
  )
  .addOption(
    new Option(
      '--engine <name>',
      'also say what this engine cannot run, whichever the workspace file chooses; graph and eager are tensorflow',
    ).choices([...engines.map(({ name }) => name), ...ENGINE_CHOICES]),
  )
  .option('--frozen', 'fail where brique.lock is not what the files ask for')
  .option('--no-cache', 'check everything, also what an earlier check has found and has not changed')
  .action(run(async (paths, options) => (await import('./check')).check(paths, options)));

withEngine(program.command('train'))
  .description('train a model, evaluate it and keep all of it as a run')
  .argument('[model]', "the composition's file or name")
  .addOption(settingOption())
  .option('--resume <run>', 'go on with an interrupted run: its id, the start of it, or latest')
  .option('--explain', 'print what the model compiles to, and train nothing')
  .action(run(async (model, options) => (await import('./train')).train(model, options)));

withEngine(program.command('sweep'))
  .description('train a model with many settings, each an ordinary run, and compare them')
  .argument('<model>', "the composition's file or name")
  .addOption(settingOption())
  .addOption(
    new Option(
      '--method <name>',
      'grid: every combination; random: some; halving: many briefly, the best longer',
    ).choices(['grid', 'random', 'halving']),
  )
  .addOption(countOption('--trials <n>', 'combinations that random and halving draw', 9))
  .addOption(countOption('--points <n>', 'values of a range in a grid', 3))
  .addOption(countOption('--jobs <n>', 'runs at a time', 1))
  .addOption(countOption('--seed <n>', 'of what is drawn', 0))
  .option('--metric <name>', 'what they are compared by, such as validation.mood.accuracy')
  .action(run(async (model, options) => (await import('./sweep/sweep')).sweep(model, options)));

withEngine(program.command('evaluate'))
  .description('evaluate the weights of a run')
  .argument('<model>', "the composition's file or name")
  .option('--run <id>', 'the run; its newest completed one without')
  .option('--on <split>', 'the split; what the composition says without')
  .action(run(async (model, options) => (await import('./train')).evaluate(model, options)));

withCommon(program.command('test'))
  .description('run the tests that bricks declare: types, numbers and one training step')
  .argument(
    '[module...]',
    'bricks (std/* for all of a scope), files, file:line or folders; this workspace without any',
  )
  .addOption(engineOption('eager'))
  .addOption(deviceOption())
  .addOption(
    new Option('--format <name>', 'how results are printed; events: one JSON object a line, as it happens')
      .choices(['text', 'json', 'events'])
      .default('text'),
  )
  .action(run(async (bricks, options) => (await import('./test')).test(bricks, options)));

const runtime = withCommon(program.command('runtime')).description('what computes, and native TensorFlow');
withCommon(runtime.command('list', { isDefault: true }))
  .description('the engines that are here, tried out')
  .action(run(async (_, command) => (await import('./runtime/command')).list(command.optsWithGlobals())));
withCommon(runtime.command('install'))
  .description('set up native TensorFlow for all workspaces of this user')
  .addOption(
    new Option(
      '--from <source>',
      "python: the TensorFlow of a Python; wheel: PyPI's; npm: tfjs-node's own; what works without",
    ).choices(['python', 'wheel', 'npm']),
  )
  .option('--python <program>', 'whose TensorFlow or pip is taken', 'python3')
  .action(
    run(async (_, command) => (await import('./runtime/command')).installCommand(command.optsWithGlobals())),
  );
withCommon(runtime.command('remove'))
  .description('take away what install set up')
  .action(
    run(async (_, command) => (await import('./runtime/command')).removeCommand(command.optsWithGlobals())),
  );

const runs = withCommon(program.command('runs')).description('list, show and compare runs');
withCommon(runs.command('list', { isDefault: true }))
  .description('all runs, newest first')
  .usage('[options]')
  // What is no command comes here, too.
  .argument('[other...]')
  .action(
    run(async (other, _, command) => (await import('./runs')).listCommand(other, command.optsWithGlobals())),
  );
withCommon(runs.command('show'))
  .description('one run')
  .argument('<id>', 'its id, the start of it, or latest')
  .action(run(async (id, _, command) => (await import('./runs')).showCommand(id, command.optsWithGlobals())));
withCommon(runs.command('compare'))
  .description('what runs came to, and what differs between them')
  .argument('<id...>', 'their ids')
  .action(
    run(async (ids, _, command) => (await import('./runs')).compareCommand(ids, command.optsWithGlobals())),
  );

withCommon(program.command('diff'))
  .description('what changed between two versions of a brick, whom it breaks, and what its number must be')
  .argument('<old>', 'a file, or name@version of the registry')
  .argument('<new>', 'likewise')
  .option('--witness', 'show a user that each breaking change breaks')
  .action(run(async (old, next, options) => (await import('./diff')).diff(old, next, options)));

withCommon(program.command('publish'))
  .description('publish a brick, with the weights that a run taught it')
  .argument('<brick>', 'its name or its file')
  .option('--run <id>', "the run whose weights go with it: its id, its model's name, or latest")
  .option('--part <name>', 'the part of that run, where several are the brick')
  .addOption(new Option('--version <number>', "publish as this version; the file's is left as it is"))
  .option('--bump', 'raise `version:` in the file to the least that what changed asks for')
  .option('--registry <folder>', 'where to; the first registry of the workspace without')
  .option('--dry-run', 'say what would be published, and publish nothing')
  .action(run(async (brick, options) => (await import('./publish')).publish(brick, options)));

addRegistryCommands(program, run);

withCommon(program.command('lock'))
  .description('pin the published versions that the workspace uses in brique.lock')
  .option('--frozen', 'change nothing; exit code 1 where the lock is not what the workspace asks for')
  .option('--update [brick...]', 'choose these bricks anew, or all, instead of keeping what is locked')
  .action(run(async (options) => (await import('./lock')).lock(options)));

program
  .command('lsp')
  .description('run the language server, for editors')
  .option('--stdio', 'speak over stdin and stdout (always)')
  .action(run(async () => (await import('./lsp')).lsp()));

/** A reader that has seen enough (`brique runs | head`) is no fault, and no reason to end a training. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.misuse;
    return;
  }
  const failure = commandFailure(error);
  if (process.argv.includes('--json')) {
    const { message, help, details } = failure;
    printJson({ failure: { code: 'command', message, help }, ...details });
  }
  const paint = paintFor(process.stderr);
  process.stderr.write(
    `${paint('red', 'error:')} ${failure.message}${failure.help ? `\n  ${failure.help}` : ''}\n`,
  );
  process.exitCode = failure.exitCode;
});

function commandFailure(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof EngineFailure)
    return new CommandFailure(error.message, EXIT.misuse, error.failure.help);
  return systemFailure(error);
}

/** What the system refused is for people; anything else is a fault of ours, and its stack helps to mend it. */
function systemFailure(error: unknown): CommandFailure {
  const { code, message, path, stack } = error as NodeJS.ErrnoException;
  if (code === undefined) return new CommandFailure(`this is a fault in brique\n${stack ?? String(error)}`);
  const known: Record<string, string> = {
    ENOENT: 'is not there',
    EACCES: 'may not be read or written',
    EPERM: 'may not be read or written',
    EISDIR: 'is a folder',
    ENOSPC: 'cannot be written: the disk is full',
  };
  return new CommandFailure(path && known[code] ? `${path} ${known[code]}` : message);
}
