import { findNativeTensorflow } from '../../../engine/tensorflow/runtime';

/** Skips the suite with its reason where native TensorFlow is not installed; in CI it has to be. */
export function needsNativeTensorflow(suite: Mocha.Suite): void {
  if (findNativeTensorflow() || process.env.CI) return;
  suite.title += ' (skipped: native TensorFlow is not installed; see BRIQUE_TENSORFLOW)';
  suite.beforeAll(function () {
    this.skip();
  });
}
