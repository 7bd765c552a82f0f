/** Publishes what its arguments say, in a process of its own: a registry, a version, what tells this one from others. */
import { publish } from '../../../registry/published/publish';
import { brick, safetensors } from './made';

const [registry = '', version = '', mark = ''] = process.argv.slice(2);

/** Enough in several files, so that there is time to be killed in. */
const files = Object.fromEntries(
  [0, 1, 2, 3].map((index) => [`part-${index}/data.bin`, Buffer.alloc(2 ** 18, mark)]),
);

process.stdout.write('ready\n');
publish(registry, {
  manifest: brick('encoder', version, `summary: ${mark}\nweights: w.safetensors\n`),
  files: { ...files, 'w.safetensors': safetensors({ [mark]: [256, 256] }) },
}).then(
  () => process.stdout.write('published\n'),
  (error: { code?: string; message: string }) => {
    process.stdout.write(`${error.code ?? error.message}\n`);
    process.exitCode = error.code === 'already-published' ? 3 : 1;
  },
);
