import type { Feature } from '../session';
import { codeActions } from './code-actions';
import { completion } from './completion';
import { definition } from './definition';
import { diagnostics } from './diagnostics';
import { highlights } from './highlights';
import { hover } from './hover';
import { lenses } from './lenses';
import { models } from './models';
import { outline } from './outline';
import { references } from './references';

export const features: readonly Feature[] = [
  diagnostics,
  hover,
  completion,
  definition,
  references,
  highlights,
  outline,
  codeActions,
  lenses,
  models,
];
