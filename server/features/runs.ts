import { runsFolder } from '../../protocol/runs/read';
import { RunChanges } from '../../registry/run-changes';
import { FolderWatch } from '../folder-watch';
import { openedRegistries } from '../registries';
import type { Feature } from '../session';

/** What was said of runs is said anew when one has come, ended or gone, whoever started it. */
export const runs: Feature = {
  capabilities: () => ({}),
  register(session) {
    const watch = new FolderWatch(
      session,
      () => openedRegistries(session).map(({ scope }) => runsFolder(scope.root)),
      (folder) => new RunChanges(folder),
      (folders) => {
        session.workspace.refreshRuns();
        session.changed(folders);
      },
    );
    session.onClose(() => watch.close());
  },
};
