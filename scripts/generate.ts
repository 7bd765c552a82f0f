/**
 * Writes what is generated: TypeScript types and validators from `schemas/`, a page for each rule from the rule and its
 * fixture, the reference of ops and tasks, the rules' names in package.json. `--check` writes nothing and fails when a generated file is not current.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rules } from '../language/rules/rules';
import { brickPages } from './brick-pages';
import { formatPage } from './format-pages';
import { opPages } from './op-pages';
import { rulePages } from './rule-pages';
import { types, validators } from './schema-code';

const root = resolve(__dirname, '..');

async function outputs(): Promise<Record<string, string>> {
  return {
    'protocol/generated/run.ts': await types('run'),
    'protocol/generated/run-event.ts': await types('run-event'),
    'protocol/generated/validate.ts': validators([
      { schema: 'run-event', type: 'RunEvent' },
      { schema: 'run', type: 'RunRecord' },
    ]),
    'registry/generated/integrity.ts': await types('integrity'),
    'registry/generated/registry-index.ts': await types('registry-index'),
    'registry/generated/validate.ts': validators([
      { schema: 'integrity', type: 'Integrity' },
      { schema: 'registry-index', definition: 'releases', type: 'BrickReleases' },
      { schema: 'registry-index', definition: 'details', type: 'BrickDetails' },
    ]),
    ...formatPage(),
    ...rulePages(),
    ...brickPages(),
    ...opPages(),
    'package.json': manifest(),
  };
}

/** With the rules whose severity the settings may change. */
function manifest(): string {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const json = JSON.parse(text);
  json.contributes.configuration.properties['brique.rules'] = {
    type: 'object',
    default: {},
    scope: 'resource',
    order: 3,
    markdownDescription:
      'How much each rule weighs: `{ "card-missing": "off" }`. A workspace file (`kind: workspace`) wins over this.',
    propertyNames: { enum: rules.filter(({ aboutText }) => !aboutText).map(({ id }) => id) },
    additionalProperties: { enum: ['off', 'hint', 'information', 'warning', 'error'] },
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** Pages of rules that are gone. */
function pagesThatAreNot(made: Record<string, string>): string[] {
  const folder = 'docs/rules';
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .map((name) => `${folder}/${name}`)
    .filter((path) => made[path] === undefined);
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const drifted: string[] = [];
  const made = await outputs();
  for (const path of pagesThatAreNot(made)) {
    drifted.push(path);
    if (!check) rmSync(join(root, path));
  }
  for (const [path, text] of Object.entries(made)) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    drifted.push(path);
    if (check) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
  if (check && drifted.length > 0) {
    console.error(`Not current: ${drifted.join(', ')}. Run \`npm run generate\`.`);
    process.exitCode = 1;
  }
}

void main();
