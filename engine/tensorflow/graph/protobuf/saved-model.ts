import { type Attribute, type DataType, dataTypes, shapeFields } from './attributes';
import * as wire from './wire';

/** A NodeDef. Inputs are `name` or `name:output`, then control inputs `^name`. */
export interface GraphNode {
  name: string;
  op: string;
  inputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

export interface SignatureTensor {
  /** `node:output` */
  tensor: string;
  dtype: DataType;
  /** -1 for a size not known before a run. */
  shape: readonly number[];
}

export interface Signature {
  inputs: Record<string, SignatureTensor>;
  outputs: Record<string, SignatureTensor>;
}

/** GraphDef version of TensorFlow 2.9, the oldest library that is supported. */
const producer = 1087;
/** The library whose op definitions are used. Informative; TensorFlow only prints it. */
const writtenFor = '2.9.0';
/** Protocol buffers cannot be larger than 2 GiB. */
export const largestMessage = 2 ** 31 - 1;

function nodeDef(node: GraphNode): wire.Bytes {
  const attributes = Object.entries(node.attributes).map(([name, value]) => wire.entry(5, name, value));
  return wire.message(
    1,
    wire.string(1, node.name),
    wire.string(2, node.op),
    ...node.inputs.map((input) => wire.string(3, input)),
    ...attributes,
  );
}

function tensorInfos(field: number, tensors: Record<string, SignatureTensor>): wire.Bytes[] {
  return Object.entries(tensors).map(([name, { tensor, dtype, shape }]) =>
    wire.entry(
      field,
      name,
      wire.string(1, tensor),
      wire.integer(2, dataTypes[dtype]),
      wire.message(3, ...shapeFields(shape)),
    ),
  );
}

function signatureDef(name: string, { inputs, outputs }: Signature): wire.Bytes {
  return wire.entry(
    5,
    name,
    ...tensorInfos(1, inputs),
    ...tensorInfos(2, outputs),
    wire.string(3, 'tensorflow/serving/predict'),
  );
}

/** The bytes of `saved_model.pb` (tensorflow/core/protobuf/saved_model.proto, meta_graph.proto), tagged `serve`. */
export function savedModel(
  nodes: readonly GraphNode[],
  signatures: Readonly<Record<string, Signature>>,
): wire.Bytes {
  const metaInfo = wire.message(1, wire.string(4, 'serve'), wire.string(5, writtenFor));
  const versions = wire.message(4, wire.integer(1, producer));
  const graph = wire.bytes(2, wire.join([...nodes.map(nodeDef), versions]));
  const signatureDefs = Object.entries(signatures).map(([name, signature]) => signatureDef(name, signature));
  return wire.join([wire.integer(1, 1), wire.message(2, metaInfo, graph, ...signatureDefs)]);
}
