/** Every kind of change, the most telling first. */
import type { ChangeRule } from '../change';
import { computationChanged } from './computation-changed';
import { docsChanged } from './docs-changed';
import { evalRegressed } from './eval-regressed';
import { expectedSpaceChanged } from './expected-space-changed';
import { extensionRemoved } from './extension-removed';
import { extensionRetyped } from './extension-retyped';
import { inputNarrowed } from './input-narrowed';
import { inputRemoved } from './input-removed';
import { inputRequiredAdded } from './input-required-added';
import { interfaceExtended } from './interface-extended';
import { labelsAppended } from './labels-appended';
import { labelsChanged } from './labels-changed';
import { newlyDeprecated } from './newly-deprecated';
import { outputRemoved } from './output-removed';
import { outputWidened } from './output-widened';
import { paramDefaultChanged } from './param-default-changed';
import { paramDomainNarrowed } from './param-domain-narrowed';
import { paramRemoved } from './param-removed';
import { removedUndeprecated } from './removed-undeprecated';
import { renameWithoutAlias } from './rename-without-alias';
import { reservedNameReused } from './reserved-name-reused';
import { spaceChanged } from './space-changed';
import { stateKeysChanged } from './state-keys-changed';
import { tokenizerChanged } from './tokenizer-changed';
import { weightsRemoved } from './weights-removed';
import { weightsRetrained } from './weights-retrained';

export const changeRules: ChangeRule[] = [
  inputRemoved,
  inputRequiredAdded,
  inputNarrowed,
  outputRemoved,
  outputWidened,
  paramRemoved,
  paramDomainNarrowed,
  paramDefaultChanged,
  labelsChanged,
  labelsAppended,
  tokenizerChanged,
  stateKeysChanged,
  weightsRemoved,
  spaceChanged,
  expectedSpaceChanged,
  extensionRemoved,
  extensionRetyped,
  removedUndeprecated,
  reservedNameReused,
  interfaceExtended,
  newlyDeprecated,
  renameWithoutAlias,
  computationChanged,
  evalRegressed,
  weightsRetrained,
  docsChanged,
];
