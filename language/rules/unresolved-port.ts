import { couldFeed, sourcesFor, wantedType } from '../inference/candidates';
import { nearest, Suggestions } from '../names/nearest';
import type { WireReference } from '../names/reference';
import { type Analysis, type FixProposal, listed, type Rule, replace, respell } from './rule';
import { type DrawnWire, drawnWires } from './wires';

/** Fixes to choose from; each is tried, so a port whose type does not fit is not offered. */
const MOST = 4;

export const unresolvedPort: Rule = {
  id: 'unresolved-port',
  group: 'names',
  severity: 'error',
  summary: 'A wire that starts at nothing.',
  why: 'A wire names an input, a node, a part or a dataset, and the port or column of it where there are several.',
  check(analysis, report) {
    const suggestions = new Suggestions();
    for (const wire of drawnWires(analysis)) {
      const { reference, range, target } = wire;
      if (target.status === 'no-owner') {
        const near =
          selfless(reference, target.candidates) ??
          columnNamed(wire, analysis) ??
          suggestions.of(reference.owner, target.candidates);
        report({
          range: reference.ownerRange,
          names: [reference.owner, ...(near ? [near] : [])],
          message: `There is no \`${reference.owner}\` here${near ? `; did you mean \`${near}\`?` : ''}`,
          propose: () => [
            ...(near
              ? [respell(analysis, near === reference.port ? range : reference.ownerRange, near)]
              : []),
            ...fitting(wire, analysis),
          ],
        });
      }
      if (target.status === 'no-port' && reference.port !== undefined && reference.portRange) {
        const { portRange, owner, port } = reference;
        const near = nearest(port, target.ports) ?? (target.ports.length === 1 ? target.ports[0] : undefined);
        const has =
          target.ports.length > 0
            ? `it has ${listed(target.ports)}`
            : 'it is a value itself and has no ports';
        report({
          range: portRange,
          names: [`${owner}.${port}`],
          message:
            port === ''
              ? `The port of \`${owner}\` is missing; ${has}`
              : `\`${owner}\` has no port or column \`${port}\`; ${has}`,
          propose: () =>
            [...(near ? [near] : []), ...target.ports.filter((other) => other !== near)]
              .slice(0, MOST)
              .map((other) => replace(analysis, portRange, other, `Change to \`${other}\``)),
        });
      }
      if (target.status === 'which-port') {
        report({
          range,
          message: `\`${reference.owner}\` has several ports; name one of ${listed(target.ports)}`,
          propose: () =>
            target.ports.map((port) =>
              replace(
                analysis,
                range,
                `${reference.owner}.${port}`,
                `Change to \`${reference.owner}.${port}\``,
              ),
            ),
        });
      }
    }
  },
};

/** `read` of `self.read`. */
function selfless({ owner, port }: WireReference, candidates: readonly string[]): string | undefined {
  return owner === 'self' && port !== undefined && candidates.includes(port) ? port : undefined;
}

/** A column of that name, with the data that it is of. */
function columnNamed({ reference: { owner, port } }: DrawnWire, { inference }: Analysis): string | undefined {
  if (inference?.kind !== 'model' || port !== undefined) return undefined;
  const having = [...inference.data].filter(
    ([, { lookup }]) => lookup.status === 'found' && lookup.declaration.columns.has(owner),
  );
  return having[0] && `${having[0][0]}.${owner}`;
}

/** Other places that have what the step wants. */
function fitting({ range, step }: DrawnWire, analysis: Analysis): FixProposal[] {
  const { inference } = analysis;
  if (!inference || !step) return [];
  const input = step.wires.find(({ wire }) => wire.range.start === range.start)?.input;
  const wanted = wantedType(step, input);
  return sourcesFor(step, inference.scope, inference.graph, inference.kind === 'module')
    .filter((source) => couldFeed(source, wanted, inference.graph))
    .slice(0, MOST)
    .map(({ text }) => replace(analysis, range, text, `Change to \`${text}\``));
}
