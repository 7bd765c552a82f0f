import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { features } from './features/features';
import { keepFindings } from './kept';
import { idOf } from './paths';
import { Session } from './session';

/** Answers an editor over a connection until it says goodbye. Nothing of a folder is ever run. */
export function serve(connection: Connection): void {
  const session = new Session(connection);
  let folders: string[] = [];

  connection.onInitialize((params) => {
    session.client = params.capabilities;
    session.options = params.initializationOptions ?? {};
    folders = foldersOf(params);
    for (const folder of folders) session.files.addFolder(folder);
    return { capabilities: capabilities(session), serverInfo: { name: 'brique' } };
  });

  connection.onInitialized(async () => {
    watchFiles(session);
    followFolders(session);
    try {
      keepFindings(session, folders);
      session.start();
      session.files.listLibrary();
      for (const folder of folders) session.files.listFolder(folder);
      await session.files.readListed();
    } finally {
      // Requests wait for this; they are answered with what could be loaded.
      session.finishLoading();
    }
    reportUnreadable(session);
    session.changed(session.workspace.files());
    await session.warmUp();
  });

  syncDocuments(session);
  connection.onShutdown(() => session.close());
  for (const feature of features) feature.register(session);
  connection.listen();
}

function capabilities(session: Session): ServerCapabilities {
  const own: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  return Object.assign(own, ...features.map((feature) => feature.capabilities(session.client)));
}

function foldersOf(params: InitializeParams): string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map((folder) => folder.uri);
  return params.rootUri ? [params.rootUri] : [];
}

function watchFiles({ connection, client }: Session): void {
  if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    const watchers = [
      '**/*.brique.yaml',
      '**/brique.lock',
      '**/.brique/registry/**',
      '**/integrity.json',
    ].map((globPattern) => ({
      globPattern,
    }));
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}

function followFolders(session: Session): void {
  const { connection, files, client } = session;
  if (!client.workspace?.workspaceFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
    for (const { uri } of removed) files.removeFolder(uri);
    for (const { uri } of added) files.addFolder(uri);
    for (const { uri } of added) files.listFolder(uri);
    await files.readListed();
    reportUnreadable(session);
    session.changed(session.workspace.files());
  });
}

function reportUnreadable({ connection, files }: Session): void {
  for (const { path, why } of files.unreadable.splice(0))
    connection.console.warn(`Cannot read ${path}: ${why}`);
}

function syncDocuments(session: Session): void {
  const { connection, files } = session;
  const documents = new Map<string, TextDocument>();
  const show = (document: TextDocument) => {
    documents.set(document.uri, document);
    files.open(document.uri, { version: document.version, text: document.getText() });
    session.changed([idOf(document.uri)]);
  };

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    show(TextDocument.create(uri, languageId, version, text));
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const document = documents.get(uri);
    if (document) show(TextDocument.update(document, contentChanges, version));
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    files.recheck(uri);
    session.changed([idOf(uri)]);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.delete(uri);
    files.close(uri);
    session.changed([idOf(uri)]);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const isPublished = changes.filter(({ uri }) => files.refresh(uri)).length > 0;
    if (isPublished) session.workspace.refreshPublished();
    reportUnreadable(session);
    session.changed(changes.map(({ uri }) => idOf(uri)));
  });
}
