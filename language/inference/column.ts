import type { Column } from '../names/declarations';
import { asNumber, asText, get, itemsOf } from '../syntax/path';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import { parseType } from '../types/type';

/** The raw type of a dataset's column, one row of the batch per row of the file. Undefined when it does not say. */
export function columnType(column: Column, batch: Dim): TensorType | undefined {
  const settings = column.entry.value;
  switch (column.type) {
    case 'string':
      return { dtype: 'string', dims: [batch] };
    case 'category':
    case 'int':
      return { dtype: 'int32', dims: [batch] };
    case 'float':
      return { dtype: 'float32', dims: [batch] };
    case 'bool':
      return { dtype: 'bool', dims: [batch] };
    case 'image': {
      const sizes = ['height', 'width'].map((key) => asNumber(get(settings, key)));
      const channels = asNumber(get(settings, 'channels')) ?? 3;
      if (sizes.includes(undefined)) return undefined;
      return { dtype: 'uint8', dims: [batch, ...[...sizes, channels].map((size) => Dim.of(size!))] };
    }
    case 'tensor': {
      const of = asText(get(settings, 'of'));
      const shape = itemsOf(get(settings, 'shape')).map(asNumber);
      const type = of === undefined ? undefined : parseType(of).type;
      if (type) return { ...type, dims: [batch, ...type.dims] };
      if (shape.length === 0 || shape.includes(undefined)) return undefined;
      return { dtype: 'float32', dims: [batch, ...shape.map((size) => Dim.of(size!))] };
    }
    default:
      return undefined;
  }
}
