import { findNativeTensorflow } from '../../../engine/tensorflow/runtime';

/** Skips the suite with its reason where native TensorFlow is not installed, unless it was asked for by name. */
export function needsNativeTensorflow(suite: Mocha.Suite): void {
  if (findNativeTensorflow() || process.env.BRIQUE_TEST_EXECUTORS?.includes('graph')) return;
  suite.title += ' (skipped: native TensorFlow is not installed; see BRIQUE_TENSORFLOW)';
  suite.beforeAll(function () {
    this.skip();
  });
}
