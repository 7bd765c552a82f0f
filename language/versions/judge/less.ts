import type { Candidate } from './change';

/** What is no longer promised: no check fails for that, and it is there to be read in both versions. */
export function less(surface: Candidate['surface']): Pick<Candidate, 'surface' | 'bump' | 'evidence'> {
  return {
    surface,
    bump: 'major',
    evidence: 'the old version promises it in writing, and the new one does not',
  };
}
