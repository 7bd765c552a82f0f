import { couldFeed, sourcesFor, wantedType } from '../inference/candidates';
import type { InferredStep } from '../inference/graph';
import { insertEntry } from '../syntax/edits';
import { asMap, get } from '../syntax/path';
import { isMisspelt } from './misspelt';
import { type Analysis, edit, type FixProposal, listed, type Rule } from './rule';
import { strayWires } from './stray-wires';

export const inputNotWired: Rule = {
  id: 'input-not-wired',
  group: 'shapes',
  severity: 'error',
  summary: 'A required input that nothing feeds.',
  why: 'The step cannot be computed without it.',
  check(analysis, report) {
    for (const inferred of analysis.inference?.graph.steps.values() ?? []) {
      const { step, missingInputs, wires } = inferred;
      // A wire to an input that does not exist is reported by itself; most often it is the missing one.
      if (
        missingInputs.length === 0 ||
        isMisspelt('in', step) ||
        strayWires(inferred, analysis).length > 0 ||
        wires.some((wire) => wire.input === undefined)
      )
        continue;
      report({
        range: step.key,
        message: `\`${step.name}\` needs ${listed(missingInputs)}: wire ${missingInputs.length === 1 ? 'it' : 'them'} under \`in\``,
        propose: () => wireIt(inferred, analysis),
      });
    }
  },
};

/** Sources to choose from; each is tried, so one whose type does not fit is not offered. */
const MOST = 4;

/** Sources whose type fits the one missing input. */
function wireIt(inferred: InferredStep, analysis: Analysis): FixProposal[] {
  const { step, missingInputs } = inferred;
  const { inference, source } = analysis;
  const map = asMap(step.entry.value);
  const [input, ...others] = missingInputs;
  if (!inference || !map || input === undefined || others.length > 0) return [];
  const wired = get(map, 'in');
  const wanted = wantedType(inferred, input);
  const used = new Set(inferred.wires.map(({ wire }) => wire.reference.owner));
  return sourcesFor(inferred, inference.scope, inference.graph, inference.kind === 'module')
    .filter((candidate) => couldFeed(candidate, wanted, inference.graph) !== false)
    .sort((a, b) => Number(used.has(a.owner)) - Number(used.has(b.owner)))
    .slice(0, MOST)
    .map(({ text }) =>
      edit(
        analysis,
        wired?.kind === 'map'
          ? insertEntry(source.tree, wired, input, text)
          : wired
            ? { range: wired.range, text: inFull(inferred, `${input}: ${text}`) }
            : insertEntry(source.tree, map, 'in', text, step.op ? 'op' : 'module'),
        `Wire \`${text}\``,
      ),
    );
}

/** What is wired by its place in a list, or alone, by the names of its inputs. */
function inFull({ wires }: InferredStep, added: string): string {
  const named = wires.map(
    ({ input, wire }) =>
      `${input}: ${wire.reference.owner}${wire.reference.port === undefined ? '' : `.${wire.reference.port}`}`,
  );
  return `{ ${[...named, added].join(', ')} }`;
}
