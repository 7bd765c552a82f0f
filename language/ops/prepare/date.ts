import { Dim } from '../../types/dim';
import { input, needDtype, output, result, typeOf } from '../call';
import type { Op } from '../op';

/** What a date can be taken apart into. Those that come round again are told as a point on a circle. */
const cyclic = ['month', 'day', 'weekday', 'day_of_year', 'hour', 'minute'];
const plain = ['year', 'days'];

export const dateParts: Op = {
  name: 'date_parts',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns dates into numbers: year, month, weekday, hour and so on.',
  doc: `Reads ISO 8601, as a \`date\` column holds it. The parts are those of the time as it is written: an offset such as
\`+02:00\` moves nothing, except for \`days\`, the days since the start of 1970 in UTC, with a fraction. \`month\` and \`day\`
count from 1, \`weekday\` from 0 (Monday). With \`cyclical\`, a part that comes round again (all but \`year\` and \`days\`)
becomes the sine and the cosine of its angle, so that December is next to January.

\`\`\`yaml
# ordered_at: string[batch]
when: { op: date_parts, in: ordered_at, parts: [month, weekday, hour], cyclical: true } # float32[batch, 6]
\`\`\``,
  inputs: [input('Dates as text.')],
  attributes: {
    parts: {
      type: 'strings',
      default: ['year', 'month', 'day', 'weekday'],
      doc: `Which parts, in this order: ${[...plain, ...cyclic].join(', ')}.`,
    },
    cyclical: { type: 'bool', default: false, doc: 'Whether parts that come round become sine and cosine.' },
  },
  outputs: [output('float32, with a new last axis: one number per part, two where it is cyclical.')],
  infer(call) {
    const type = typeOf(call);
    if (!needDtype(call, ['string'])) return result(undefined);
    const { parts, cyclical } = call.attributes;
    if (!Array.isArray(parts) || cyclical === undefined)
      return result({ ...type, dtype: 'float32', dims: [...type.dims, call.fresh('parts')] });
    const names = parts.map(String);
    const unknown = names.find((name) => !plain.includes(name) && !cyclic.includes(name));
    if (unknown !== undefined || names.length === 0) {
      const message = unknown === undefined ? '`parts` names none' : `\`${unknown}\` is no part of a date`;
      const help = `there are ${[...plain, ...cyclic].map((name) => `\`${name}\``).join(', ')}`;
      call.fail({ attribute: 'parts', kind: 'attribute', message, help });
      return result(undefined);
    }
    const width = names.reduce((sum, name) => sum + (cyclical === true && cyclic.includes(name) ? 2 : 1), 0);
    return result({ ...type, dtype: 'float32', dims: [...type.dims, Dim.of(width)] });
  },
};
