/** The subcommands of `brique registry`. */
import type { Command } from 'commander';
import { withCommon } from '../options';

type Run = <Args extends unknown[]>(
  action: (...args: Args) => Promise<number> | number,
) => (...args: Args) => Promise<void>;

export function addRegistryCommands(program: Command, run: Run): void {
  const registry = withCommon(program.command('registry')).description(
    'look into, check and share published versions',
  );
  const add = (name: string, description: string) =>
    withCommon(registry.command(name, name === 'list' ? { isDefault: true } : {}))
      .description(description)
      .option('--registry <folder>', 'the registry; those of the workspace without');
  const options = (command: Command) => command.optsWithGlobals();

  add('list', 'what is published, of all bricks or of one')
    .argument('[name]', 'a brick')
    .action(run(async (name, _, command) => (await import('./look')).list(name, options(command))));
  add('show', 'one version: its interface, files, hashes and what it was trained from')
    .argument('<version>', 'name@version')
    .action(run(async (version, _, command) => (await import('./look')).show(version, options(command))));
  add('verify', 'hold every file against what was published')
    .argument('[what]', 'a brick, or name@version')
    .action(run(async (what, _, command) => (await import('./look')).verifyAll(what, options(command))));

  add('yank', 'withdraw a version: it stays for those who have it locked')
    .argument('<version>', 'name@version')
    .argument('<reason>', 'why')
    .action(
      run(async (version, reason, _, command) =>
        (await import('./say')).yank(version, reason, options(command)),
      ),
    );
  add('unyank', 'take a withdrawal back')
    .argument('<version>', 'name@version')
    .action(run(async (version, _, command) => (await import('./say')).unyank(version, options(command))));
  add('deprecate', 'advise against a version')
    .argument('<version>', 'name@version')
    .argument('<message>', 'what its users should know')
    .option('--use <brick>', 'what to use instead: name, or name@range')
    .action(
      run(async (version, message, _, command) =>
        (await import('./say')).deprecate(version, message, options(command)),
      ),
    );
  add('undeprecate', 'take the advice back')
    .argument('<version>', 'name@version')
    .action(
      run(async (version, _, command) => (await import('./say')).undeprecate(version, options(command))),
    );

  add('export', 'write versions, with what they require, into one file')
    .argument('<version...>', 'name@version, several, and in the end the file to write, which ends in .brick')
    .option('--only', 'leave out what they require')
    .action(
      run(async (all, _, command) => (await import('./archive')).exportVersions(all, options(command))),
    );
  add('import', 'publish the versions in such a file here, all or none')
    .argument('<file>', 'a .brick file')
    .action(
      run(async (file, _, command) => (await import('./archive')).importVersions(file, options(command))),
    );
}
