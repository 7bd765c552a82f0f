/** Every rule, in the order in which they are heard: what makes others follow comes first. */
import type { Severity } from '../answers/answers';
import { adapterBaseMismatch } from './adapter-base-mismatch';
import { artifactDrift } from './artifact-drift';
import { axisOrderSuspect } from './axis-order-suspect';
import { boundExceeded } from './bound-exceeded';
import { bumpTooSmall } from './bump-too-small';
import { cardMissing } from './card-missing';
import { columnMissing } from './column-missing';
import { columnTypeMismatch } from './column-type-mismatch';
import { conditionBroken } from './condition-broken';
import { containsItself } from './contains-itself';
import { contradictoryContract } from './contradictory-contract';
import { cyclicWiring } from './cyclic-wiring';
import { dataFileMissing } from './data-file-missing';
import { dataFileOutside } from './data-file-outside';
import { dimConflict } from './dim-conflict';
import { dimMismatch } from './dim-mismatch';
import { dimOverspecialized } from './dim-overspecialized';
import { dimUnverified } from './dim-unverified';
import { dtypeEmulated } from './dtype-emulated';
import { dtypeLossy } from './dtype-lossy';
import { dtypeMismatch } from './dtype-mismatch';
import { duplicateLabel } from './duplicate-label';
import { duplicateMajor } from './duplicate-major';
import { duplicateName } from './duplicate-name';
import { engineUnsupported } from './engine-unsupported';
import { exampleInvalid } from './example-invalid';
import { extendsCircle } from './extends-circle';
import { extensionPointMismatch } from './extension-point-mismatch';
import { extensionPointUnresolved } from './extension-point-unresolved';
import { formatUnsupported } from './format-unsupported';
import { hashMismatch } from './hash-mismatch';
import { headReinitImplicit } from './head-reinit-implicit';
import { headStale } from './head-stale';
import { hookSignatureMismatch } from './hook-signature-mismatch';
import { hookUnknown } from './hook-unknown';
import { implicitBroadcast } from './implicit-broadcast';
import { inputNotWired } from './input-not-wired';
import { insideBrick } from './inside-brick';
import { invalidDefault } from './invalid-default';
import { invalidRange } from './invalid-range';
import { invalidRun } from './invalid-run';
import { invalidSetting } from './invalid-setting';
import { invalidType } from './invalid-type';
import { invalidWhere } from './invalid-where';
import { labelSetMismatch } from './label-set-mismatch';
import { lastExceedsLayers } from './last-exceeds-layers';
import { licenseConflict } from './license-conflict';
import { lockStale } from './lock-stale';
import { loraTargetMissing } from './lora-target-missing';
import { metricTaskMismatch } from './metric-task-mismatch';
import { missingField } from './missing-field';
import { missingSetting } from './missing-setting';
import { missingUnfilled } from './missing-unfilled';
import { moduleUntested } from './module-untested';
import { newerVersion } from './newer-version';
import { noMatchingVersion } from './no-matching-version';
import { nothingTrainable } from './nothing-trainable';
import { opMisuse } from './op-misuse';
import { outputNotMade } from './output-not-made';
import { phaseUnreached } from './phase-unreached';
import { preparedFromGraph } from './prepared-from-graph';
import { pretrainedMismatch } from './pretrained-mismatch';
import { rangeAdmitsBreakage } from './range-admits-breakage';
import { rangeUnbounded } from './range-unbounded';
import { rankMismatch } from './rank-mismatch';
import { removesNothing } from './removes-nothing';
import { requirementImpossible } from './requirement-impossible';
import { reservedNameReused } from './reserved-name-reused';
import type { Rule } from './rule';
import { selectorMatchesNothing } from './selector-matches-nothing';
import { settingWithoutEffect } from './setting-without-effect';
import { shareInvalid } from './share-invalid';
import { sizeTooLarge } from './size-too-large';
import { sizeUnknown } from './size-unknown';
import { spaceMismatch } from './space-mismatch';
import { splitOverlap } from './split-overlap';
import { splitsExceedOne } from './splits-exceed-one';
import { suppressionWithoutReason } from './suppression-without-reason';
import { sweepRangeEmpty } from './sweep-range-empty';
import { taskCrossesDatasets } from './task-crosses-datasets';
import { taskMissing } from './task-missing';
import { taskTypeMismatch } from './task-type-mismatch';
import { tokenizerMismatch } from './tokenizer-mismatch';
import { tokenizerMissing } from './tokenizer-missing';
import { typeNeedsQuotes } from './type-needs-quotes';
import { unboundDim } from './unbound-dim';
import { unknownKey } from './unknown-key';
import { unknownKind } from './unknown-kind';
import { unknownLoss } from './unknown-loss';
import { unknownMeasure } from './unknown-measure';
import { unknownMetric } from './unknown-metric';
import { unknownRule } from './unknown-rule';
import { unknownSetting } from './unknown-setting';
import { unknownSplit } from './unknown-split';
import { unresolvedImplementation } from './unresolved-implementation';
import { unresolvedInput } from './unresolved-input';
import { unresolvedModule } from './unresolved-module';
import { unresolvedOp } from './unresolved-op';
import { unresolvedParam } from './unresolved-param';
import { unresolvedPort } from './unresolved-port';
import { unresolvedRename } from './unresolved-rename';
import { unresolvedSweep } from './unresolved-sweep';
import { unsafeWeights } from './unsafe-weights';
import { unusedImport } from './unused-import';
import { unusedParam } from './unused-param';
import { unusedStep } from './unused-step';
import { unusedSuppression } from './unused-suppression';
import { usesDeprecated } from './uses-deprecated';
import { versionBroken } from './version-broken';
import { versionConflict } from './version-conflict';
import { versionYanked } from './version-yanked';
import { vocabExceedsEmbedding } from './vocab-exceeds-embedding';
import { vocabularyMismatch } from './vocabulary-mismatch';
import { warmupTooLong } from './warmup-too-long';
import { weightsMissing } from './weights-missing';
import { weightsUnpinned } from './weights-unpinned';
import { wrongValue } from './wrong-value';
import { yamlAmbiguous } from './yaml-ambiguous';
import { yamlScalarSurprise } from './yaml-scalar-surprise';
import { yamlSyntax } from './yaml-syntax';

export const rules: readonly Rule[] = [
  formatUnsupported,
  typeNeedsQuotes,
  yamlScalarSurprise,
  yamlSyntax,
  yamlAmbiguous,
  unsafeWeights,
  unknownKind,
  unknownKey,
  missingField,
  wrongValue,
  extendsCircle,
  duplicateName,
  reservedNameReused,
  unresolvedImplementation,
  invalidType,
  invalidWhere,
  invalidRange,
  unresolvedModule,
  noMatchingVersion,
  versionConflict,
  versionBroken,
  hashMismatch,
  lockStale,
  versionYanked,
  rangeUnbounded,
  rangeAdmitsBreakage,
  duplicateMajor,
  unresolvedOp,
  unresolvedPort,
  unresolvedInput,
  unresolvedParam,
  unresolvedRename,
  invalidDefault,
  unknownSetting,
  missingSetting,
  invalidSetting,
  inputNotWired,
  cyclicWiring,
  containsItself,
  dtypeMismatch,
  rankMismatch,
  dimMismatch,
  dimConflict,
  dimOverspecialized,
  boundExceeded,
  conditionBroken,
  dtypeLossy,
  opMisuse,
  outputNotMade,
  unboundDim,
  exampleInvalid,
  extensionPointUnresolved,
  extensionPointMismatch,
  hookUnknown,
  hookSignatureMismatch,
  loraTargetMissing,
  artifactDrift,
  pretrainedMismatch,
  lastExceedsLayers,
  taskCrossesDatasets,
  engineUnsupported,
  dtypeEmulated,
  insideBrick,
  sizeUnknown,
  sizeTooLarge,
  unknownLoss,
  unknownMetric,
  taskTypeMismatch,
  metricTaskMismatch,
  labelSetMismatch,
  vocabExceedsEmbedding,
  tokenizerMismatch,
  weightsMissing,
  invalidRun,
  selectorMatchesNothing,
  headReinitImplicit,
  shareInvalid,
  vocabularyMismatch,
  spaceMismatch,
  headStale,
  adapterBaseMismatch,
  weightsUnpinned,
  unknownMeasure,
  requirementImpossible,
  phaseUnreached,
  warmupTooLong,
  settingWithoutEffect,
  unresolvedSweep,
  sweepRangeEmpty,
  unknownSplit,
  columnMissing,
  columnTypeMismatch,
  splitOverlap,
  splitsExceedOne,
  contradictoryContract,
  duplicateLabel,
  taskMissing,
  nothingTrainable,
  dataFileOutside,
  dataFileMissing,
  tokenizerMissing,
  preparedFromGraph,
  missingUnfilled,
  implicitBroadcast,
  axisOrderSuspect,
  dimUnverified,
  bumpTooSmall,
  newerVersion,
  usesDeprecated,
  removesNothing,
  licenseConflict,
  unusedStep,
  unusedImport,
  unusedParam,
  moduleUntested,
  cardMissing,
  unknownRule,
  suppressionWithoutReason,
  unusedSuppression,
];

export const ruleIds = rules.map((rule) => rule.id);

const onlyPublishing = new Set(rules.filter((rule) => rule.onlyPublishing).map(({ id }) => id));

/** Whether what it is about cannot be run. */
export function hinders({ severity, rule }: { severity: Severity; rule: string }): boolean {
  return severity === 'error' && !onlyPublishing.has(rule);
}
