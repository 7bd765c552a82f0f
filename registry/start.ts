/** What `dist/` starts: the bundle that lies beside it, with its bytecode of an earlier start. */
import { join } from 'node:path';
import { runBundle } from './bytecode';

/** Both are written in when the bundles are made: the name of one, and a hash of what is in it. */
declare const PROGRAM: string;
declare const CONTENT: string;

// Each subcommand needs another part of the command line's bundle.
const [command = ''] = PROGRAM === 'brique' ? process.argv.slice(2) : [];
runBundle(
  join(__dirname, `${PROGRAM}-bundle.cjs`),
  [PROGRAM, ...(/^[a-z]+$/.test(command) ? [command] : []), CONTENT].join('-'),
);
