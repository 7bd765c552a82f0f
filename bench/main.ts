/** `npm run bench -- <name> [--json]`, with the options of that bench: measures, and prints a table or one JSON document. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { engine } from './engine/engine';
import type { Figure } from './figures';
import { language } from './language/language';
import { prepare } from './prepare';
import { reuse } from './reuse/reuse';

const BENCHES: Record<string, () => Promise<Figure[]>> = { engine, language, prepare, reuse };

async function main(): Promise<void> {
  const [name] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  const bench = name === undefined ? undefined : BENCHES[name];
  if (!bench) {
    console.error(
      `There is ${name === undefined ? 'a' : `no bench ${name}; there is a`} bench for ${Object.keys(BENCHES).join(', ')}.`,
    );
    process.exitCode = 2;
    return;
  }
  const figures = await bench();
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ machine: machine(), figures }, undefined, 2));
  } else {
    console.log(machine());
    console.table(
      figures.map(({ name: what, value, unit, goal, holds, notes }) => ({
        figure: what,
        value: Number.isNaN(value) ? 'not measured' : value,
        unit,
        goal: goal ?? '',
        holds: holds ?? '',
        notes: notes ?? '',
      })),
    );
  }
  if (figures.some(({ holds }) => holds === false)) process.exitCode = 1;
}

function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores of ${cpus()[0]?.model.trim()}, ${memory} GiB, Node ${process.version}`;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
