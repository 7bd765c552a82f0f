/**
 * yaml-language-server's language service on files of ours: validation with our JSON Schemas, nothing else switched on.
 * Run by itself, it checks all files of a folder in one cold process, as `brique check` does, and prints how many
 * findings there are.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const schemas = join(__dirname, '../../schemas');
/** By the folder that the generated files of that kind lie in. */
const FOLDERS = { bricks: 'module', data: 'dataset', models: 'model' };

function schemaSettings() {
  return Object.entries(FOLDERS).map(([folder, kind]) => ({
    uri: pathToFileURL(join(schemas, `${kind}.schema.json`)).href,
    fileMatch: [`**/${folder}/*.brique.yaml`],
    schema: JSON.parse(readFileSync(join(schemas, `${kind}.schema.json`), 'utf8')),
  }));
}

function createService() {
  const { getLanguageService } = require('yaml-language-server');
  const nothing = () => undefined;
  const service = getLanguageService({
    schemaRequestService: async (uri) => readFileSync(new URL(uri), 'utf8'),
    workspaceContext: { resolveRelativePath: (path) => path },
    telemetry: { send: nothing, sendError: nothing, sendTrack: nothing },
  });
  service.configure({ validate: true, hover: false, completion: false, schemas: schemaSettings() });
  const { TextDocument } = require('vscode-languageserver-textdocument');
  let version = 0;
  return {
    /** @param {string} path @param {string} text */
    validate(path, text) {
      const document = TextDocument.create(pathToFileURL(path).href, 'yaml', ++version, text);
      return service.doValidation(document, false);
    },
  };
}

async function main(folder) {
  const { readdirSync } = require('node:fs');
  const service = createService();
  let findings = 0;
  for (const part of Object.keys(FOLDERS)) {
    for (const name of readdirSync(join(folder, part))) {
      const path = join(folder, part, name);
      findings += (await service.validate(path, readFileSync(path, 'utf8'))).length;
    }
  }
  console.log(findings);
}

if (require.main === module) {
  main(process.argv[2]).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
module.exports = { createService, schemaSettings };
