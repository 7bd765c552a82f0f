import { nearest } from '../names/nearest';
import { listed, type Rule, replace } from './rule';
import { drawnWires } from './wires';

export const unresolvedPort: Rule = {
  id: 'unresolved-port',
  group: 'names',
  severity: 'error',
  summary: 'A wire that starts at nothing.',
  why: 'A wire names an input, a node, a part or a dataset, and the port or column of it where there are several.',
  check(analysis, report) {
    for (const { reference, range, target } of drawnWires(analysis)) {
      if (target.status === 'no-owner') {
        const near = nearest(reference.owner, target.candidates);
        report({
          range: reference.ownerRange,
          message: `There is no \`${reference.owner}\` here${near ? `; did you mean \`${near}\`?` : ''}`,
          propose: () =>
            near ? [replace(analysis, reference.ownerRange, near, `Change to \`${near}\``)] : [],
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
          message: `\`${owner}\` has no port or column \`${port}\`; ${has}`,
          propose: () => (near ? [replace(analysis, portRange, near, `Change to \`${near}\``)] : []),
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
