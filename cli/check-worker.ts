/** One of several that check the files of a workspace: takes the next ones until none are left. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Share, takeShare } from './findings';

parentPort?.postMessage(takeShare(workerData as Share));
