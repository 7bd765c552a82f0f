import type { Feature } from '../session';
import { calls } from './calls';
import { codeActions } from './code-actions';
import { completion } from './completion';
import { definition } from './definition';
import { diagnostics } from './diagnostics';
import { folding } from './folding';
import { formatting } from './formatting';
import { highlights } from './highlights';
import { hints } from './hints';
import { hover } from './hover';
import { lenses } from './lenses';
import { links } from './links';
import { models } from './models';
import { outline } from './outline';
import { references } from './references';
import { registry } from './registry';
import { rename } from './rename';
import { ruleSettings } from './rule-settings';
import { runs } from './runs';
import { signature } from './signature';
import { symbols } from './symbols';
import { tests } from './tests';
import { tokens } from './tokens';

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
  tests,
  rename,
  hints,
  tokens,
  folding,
  symbols,
  calls,
  links,
  signature,
  formatting,
  ruleSettings,
  registry,
  runs,
];
