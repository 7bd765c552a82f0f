import type { Range } from '../syntax/tree';
import type { Finding, TextEdit } from './answers';
import { extractions } from './refactor/extract';
import { rewrites } from './refactor/flow';
import { inlinings } from './refactor/inline';
import type { Refactoring } from './refactor/refactoring';
import type { Files } from './references';

export type { Refactoring } from './refactor/refactoring';

interface Copy {
  check(file: string): Finding[];
  setFile(file: string, text: string): void;
}

/** Changes of form that may be made there; each was tried and changes no meaning. */
export function refactoringsAt(
  files: Files & Pick<Copy, 'check'>,
  file: string,
  range: Range,
  edited: (edits: TextEdit[]) => Copy,
): Refactoring[] {
  const analysis = files.analysis(file);
  if (!analysis) return [];
  const selected = { analysis, range };
  const errors = (findings: Finding[]) => findings.filter(({ severity }) => severity === 'error').length;
  const tried = [...extractions(selected, files), ...inlinings(selected, files)].filter(
    ({ edits, create }) => {
      const after = edited(edits);
      if (create) after.setFile(create.file, create.text);
      const found = [file, ...(create ? [create.file] : [])].flatMap((each) => after.check(each));
      return errors(found) <= errors(files.check(file));
    },
  );
  return [...tried, ...rewrites(selected)];
}
