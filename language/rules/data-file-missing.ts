import type { Rule } from './rule';

export const dataFileMissing: Rule = {
  id: 'data-file-missing',
  group: 'data',
  severity: 'error',
  summary: 'A data file that is not there.',
  why: 'Training could not read it. Paths start at the folder of the dataset file.',
  check({ declaration, host, source }, report) {
    if (declaration?.kind !== 'dataset') return;
    for (const { path } of declaration.files) {
      if (host.dataFile?.(source.file, path.value) !== 'missing') continue;
      const help = path.value.startsWith('npm:')
        ? 'install the package with npm'
        : 'paths start at the folder of this file';
      report({ range: path.range, message: `No file matches \`${path.value}\`; ${help}` });
    }
  },
};
