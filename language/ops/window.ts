/** Windows that slide along an axis: convolution and pooling. */
import { Dim } from '../types/dim';
import { sizesOf, textOf } from './call';
import type { OpAttribute, OpCall } from './op';

/** `causal`: whether windows may be made to end at their own step. */
export function paddingAttribute(fallback: 'valid' | 'same', causal = false): OpAttribute {
  const doc =
    '`valid`: only windows that lie wholly inside. `same`: zeros around (for pooling: nothing), so that a stride of 1 keeps the size; an odd one goes to the end.';
  return {
    type: 'enum',
    values: ['valid', 'same', ...(causal ? ['causal'] : [])],
    default: fallback,
    doc: causal
      ? `${doc} \`causal\`: as many places as with \`same\`, and dilation·(kernel - 1) zeros, all in front: window i ends at step i·stride and sees no later one.`
      : doc,
  };
}

export interface Window {
  window: Dim;
  stride: Dim;
  dilation?: Dim;
}

/**
 * The number of windows along an axis: `same` and `causal` ceil(n / stride), `valid` (n - dilation*(window - 1) - 1)//stride + 1.
 * Says so when the window is wider than the axis.
 */
export function windowed(
  call: OpCall,
  size: Dim,
  { window, stride, dilation }: Window,
  attribute: string,
  what: string,
): Dim {
  const padding = textOf(call, 'padding');
  if (padding === undefined) return call.fresh(what);
  if (padding !== 'valid') return size.plus(stride).minus(1).floorDivide(stride);
  const reach = window
    .minus(1)
    .times(dilation ?? Dim.of(1))
    .plus(1);
  const windows = size.minus(reach).floorDivide(stride).plus(1);
  if (windows.bounds().greatest < 1) {
    call.fail({
      attribute,
      kind: 'dim',
      message: `a window of ${reach} does not fit into ${size} ${what}`,
      help: 'make it smaller, or set `padding: same`',
    });
    return call.fresh(what);
  }
  return windows;
}

/** An `ints` attribute given as one number or as [height, width]. */
export function pairOf(call: OpCall, name: string): [Dim, Dim] | undefined {
  const sizes = sizesOf(call, name);
  if (!sizes) return [call.fresh(`${name}_height`), call.fresh(`${name}_width`)];
  if (sizes.length === 1) return [sizes[0]!, sizes[0]!];
  if (sizes.length === 2) return [sizes[0]!, sizes[1]!];
  call.fail({
    attribute: name,
    kind: 'attribute',
    message: `\`${name}\` is one number or [height, width], not ${sizes.length} numbers`,
  });
  return undefined;
}
