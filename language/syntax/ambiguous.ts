/** Plain scalars that YAML 1.1, which many tools still read, takes for something else than YAML 1.2 does. */

const NINE = '9'.charCodeAt(0);

/** What another reader makes of a plain scalar, in words; undefined where all agree. */
export function ambiguity(raw: string): string | undefined {
  // Nearly all scalars are neither.
  if (raw.length > 3 && raw.charCodeAt(0) > NINE) return undefined;
  if (!/^[-+\dyYnNoO]/.test(raw)) return undefined;
  if (/^(yes|Yes|YES|on|On|ON)$/.test(raw)) return '`true`';
  if (/^(no|No|NO|off|Off|OFF)$/.test(raw)) return '`false`';
  if (/^[-+]?0[0-7_]+$/.test(raw)) return `the octal number ${Number.parseInt(raw.replace(/[_+]/g, ''), 8)}`;
  if (/^0o[0-7]+$/.test(raw)) return 'text';
  if (/^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$/.test(raw)) return `the number ${sexagesimal(raw)}`;
  if (/^[-+]?\d[\d_]*_[\d_]*$/.test(raw)) return `the number ${raw.replaceAll('_', '')}`;
  if (/^\d{4}-\d\d?-\d\d?([Tt ].*)?$/.test(raw)) return 'a date';
  return undefined;
}

/** `1:30:00` counts in sixties. */
function sexagesimal(raw: string): number {
  const sign = raw.startsWith('-') ? -1 : 1;
  const places = raw.replace(/^[-+]/, '').split(':');
  return sign * places.reduce((sum, place) => sum * 60 + Number(place), 0);
}
