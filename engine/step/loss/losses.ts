import { classificationLosses } from './classification';
import { languageLosses } from './language-model';
import type { LossFunction } from './loss';
import { rankingLosses } from './ranking';
import { regressionLosses } from './regression';

/** Every loss that this engine can make small, by its name in the catalogue. */
export const losses: Readonly<Record<string, LossFunction>> = {
  ...classificationLosses,
  ...regressionLosses,
  ...rankingLosses,
  ...languageLosses,
};
