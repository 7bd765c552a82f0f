/** What `dist/` starts: the bundle that lies beside it, with its bytecode of an earlier start. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runBundle } from './bytecode';

/** Both are written in when the bundles are made: the name of one, and a hash of what is in it. */
declare const PROGRAM: string;
declare const CONTENT: string;

// What runs once, at the start, is forgotten by V8 before its bytecode is kept, unless it is told to remember.
setFlagsFromString('--no-flush-bytecode');

// The server runs as long as the editor. It keeps little and forgets much, so that its heap would grow to several times
// of what is in use before V8 looks. Bytecode is refused where flags differ, so they are set first.
if (PROGRAM === 'server') setFlagsFromString('--heap-growing-percent=40');

// Each subcommand needs another part of the command line's bundle.
const [command = ''] = PROGRAM === 'brique' ? process.argv.slice(2) : [];
runBundle(
  join(__dirname, `${PROGRAM}-bundle.cjs`),
  [PROGRAM, ...(/^[a-z]+$/.test(command) ? [command] : []), CONTENT].join('-'),
);
