import { sep } from 'node:path';
import { DidChangeConfigurationNotification, type DidChangeConfigurationParams } from 'vscode-languageserver';
import { nearest } from '../../language/names/nearest';
import { ruleIds } from '../../language/rules/rules';
import { type Severities, severitiesIn } from '../../language/rules/severities';
import { idOf } from '../paths';
import type { Feature, Session } from '../session';

const SECTION = 'brique.rules';

/** Severities of rules in the editor's settings: asked for, for each folder, or sent by editors that cannot be asked. */
export const ruleSettings: Feature = {
  capabilities: () => ({}),
  register(session) {
    const { connection } = session;
    session.onStart(async () => {
      if (!session.client.workspace?.configuration) {
        use(session, [['', session.options.rules]]);
        return;
      }
      if (session.client.workspace.didChangeConfiguration?.dynamicRegistration)
        void connection.client.register(DidChangeConfigurationNotification.type, {
          section: [SECTION, 'brique.hints'],
        });
      await ask(session);
    });
    connection.onDidChangeConfiguration(async (params: DidChangeConfigurationParams) => {
      await session.loaded;
      session.settingsChanged(params.settings);
      if (session.client.workspace?.configuration) await ask(session);
      else use(session, [['', sent(params.settings)]]);
    });
  },
};

async function ask(session: Session): Promise<void> {
  const { connection, client } = session;
  const folders = client.workspace?.workspaceFolders
    ? await connection.workspace.getWorkspaceFolders()
    : null;
  const uris = (folders ?? []).map(({ uri }) => uri);
  const items = [{ section: SECTION }, ...uris.map((scopeUri) => ({ section: SECTION, scopeUri }))];
  const answers: unknown[] = await connection.workspace.getConfiguration(items);
  use(session, [
    ['', answers[0]],
    ...uris.map((uri, i): [string, unknown] => [idOf(uri) + sep, answers[i + 1]]),
  ]);
}

function use(session: Session, given: [string, unknown][]): void {
  const records = given.map(([folder, value]): [string, Record<string, unknown>] => [
    folder,
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {},
  ]);
  for (const name of new Set(records.flatMap(([, record]) => Object.keys(record)))) {
    if (ruleIds.includes(name)) continue;
    const near = nearest(name, ruleIds);
    const help = near ? `; did you mean ${near}?` : '';
    session.connection.console.warn(`${SECTION}: there is no rule ${name}${help}`);
  }
  const settings = new Map(
    records.map(([folder, record]): [string, Severities] => [folder, severitiesIn(record)]),
  );
  if ([...settings.values()].every((each) => Object.keys(each).length === 0) && !session.workspace.hasRules)
    return;
  session.workspace.setRules(settings);
  session.changed(session.workspace.files());
  if (session.client.workspace?.diagnostics?.refreshSupport)
    void session.connection.languages.diagnostics.refresh();
}

/** `{ brique: { rules: … } }`, as editors send it. */
function sent(settings: unknown): unknown {
  return (settings as { brique?: { rules?: unknown } } | null | undefined)?.brique?.rules;
}
