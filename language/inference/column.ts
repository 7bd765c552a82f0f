import type { Column } from '../names/declarations';
import { asSize, asText, get, itemsOf } from '../syntax/path';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import { parseType } from '../types/type';

/** A size that its pictures need not share; like no other, also when two data sets have a column of that name. */
function sizeOfPictures(column: Column, key: string, batch: Dim): Dim {
  return Dim.symbol(`${[...batch.symbols()][0] ?? ''}:${column.name}:${key}`);
}

/** Of how many classes each row has one. Undefined where that is not said, and where a row may have several labels. */
export function classesOf(column: Column | undefined): number | undefined {
  return column?.type === 'labels' ? undefined : column?.labels?.length;
}

/** The raw type of a dataset's column, one row of the batch per row of the file. Undefined when it does not say. */
export function columnType(column: Column, batch: Dim): TensorType | undefined {
  const settings = column.entry.value;
  switch (column.type) {
    case 'string':
    case 'date':
      return { dtype: 'string', dims: [batch] };
    case 'category':
    case 'int':
      return { dtype: 'int32', dims: [batch] };
    case 'labels':
      return column.labels && { dtype: 'float32', dims: [batch, Dim.of(column.labels.length)] };
    case 'float':
      return { dtype: 'float32', dims: [batch] };
    case 'bool':
      return { dtype: 'bool', dims: [batch] };
    case 'image': {
      const size = (key: string) => {
        const known = asSize(get(settings, key));
        return known === undefined ? sizeOfPictures(column, key, batch) : Dim.of(known);
      };
      const channels = Dim.of(asSize(get(settings, 'channels')) ?? 3);
      return { dtype: 'uint8', dims: [batch, size('height'), size('width'), channels] };
    }
    case 'tensor': {
      const of = asText(get(settings, 'of'));
      const shape = itemsOf(get(settings, 'shape')).map(asSize);
      const type = of === undefined ? undefined : parseType(of).type;
      if (type) return { ...type, dims: [batch, ...type.dims] };
      if (shape.length === 0 || shape.includes(undefined)) return undefined;
      return { dtype: 'float32', dims: [batch, ...shape.map((size) => Dim.of(size!))] };
    }
    default:
      return undefined;
  }
}
