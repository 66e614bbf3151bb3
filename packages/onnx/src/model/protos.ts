import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Bytes } from "../write/external-data.js";

/**
 * The messages of ONNX's schema (onnx.proto) that models consist of, with the fields that isoconv writes. Pages download
 * this in place of the whole schema.
 */
export interface ModelProto {
  readonly irVersion: number;
  readonly producerName: string;
  readonly graph: GraphProto;
  readonly opsetImport: readonly OperatorSetIdProto[];
}

export interface OperatorSetIdProto {
  readonly domain: string;
  readonly version: number;
}

export interface GraphProto {
  readonly node: readonly NodeProto[];
  readonly name: string;
  readonly initializer: readonly TensorProto[];
  readonly input: readonly ValueInfoProto[];
  readonly output: readonly ValueInfoProto[];
}

export interface NodeProto {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly attribute: readonly AttributeProto[];
}

/** An attribute has one value, in the field of its type. */
export interface AttributeProto {
  readonly name: string;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly ints?: readonly number[];
  readonly type: number;
}

/** A tensor has its elements in one of `int64Data`, `rawData` and `externalData`. */
export interface TensorProto {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly int64Data?: readonly number[];
  readonly name: string;
  readonly rawData?: Uint8Array;
  readonly externalData?: readonly StringStringEntryProto[];
  readonly dataLocation?: number;
}

export interface StringStringEntryProto {
  readonly key: string;
  readonly value: string;
}

/** The declaration of a tensor: of its type and shape, which may have symbolic dimensions. */
export interface ValueInfoProto {
  readonly name: string;
  readonly elemType: number;
  readonly dims: readonly (number | string)[];
}

/** `AttributeProto.AttributeType`. */
export const AttributeType = { FLOAT: 1, INT: 2, STRING: 3, INTS: 7 } as const;

/** `TensorProto.DataType`. */
export const DataType = { FLOAT: 1, INT64: 7 } as const;

/** `TensorProto.DataLocation`. */
export const DataLocation = { EXTERNAL: 1 } as const;

/** Writes a field with its number; one without a value is left out. */
type Field<T> = (writer: BinaryWriter, field: number, value: T | undefined) => void;

function field<T>(wireType: WireType, write: (writer: BinaryWriter, value: T) => unknown): Field<T> {
  return (writer, number, value) => {
    if (value !== undefined) write(writer.tag(number, wireType), value);
  };
}

const integer = field<number>(WireType.Varint, (writer, value) => writer.int64(value));
const float = field<number>(WireType.Bit32, (writer, value) => writer.float(value));
const string = field<string>(WireType.LengthDelimited, (writer, value) => writer.string(value));
const bytes = field<Uint8Array>(WireType.LengthDelimited, (writer, value) => writer.bytes(value));

function message<T>(write: (writer: BinaryWriter, value: T) => void): Field<T> {
  return field(WireType.LengthDelimited, (writer, value) => {
    writer.fork();
    write(writer, value);
    writer.join();
  });
}

function repeated<T>(one: Field<T>): Field<readonly T[]> {
  return (writer, number, values) => {
    for (const value of values ?? []) one(writer, number, value);
  };
}

const integers = repeated(integer);
const strings = repeated(string);
const packedIntegers = message<readonly number[]>((writer, values) => {
  for (const value of values) writer.int64(value);
});

const stringStringEntry = message<StringStringEntryProto>((writer, { key, value }) => {
  string(writer, 1, key);
  string(writer, 2, value);
});

const tensor = message<TensorProto>((writer, proto) => {
  integers(writer, 1, proto.dims);
  integer(writer, 2, proto.dataType);
  packedIntegers(writer, 7, proto.int64Data);
  string(writer, 8, proto.name);
  bytes(writer, 9, proto.rawData);
  repeated(stringStringEntry)(writer, 13, proto.externalData);
  integer(writer, 14, proto.dataLocation);
});

const attribute = message<AttributeProto>((writer, { name, f, i, s, ints, type }) => {
  string(writer, 1, name);
  float(writer, 2, f);
  integer(writer, 3, i);
  bytes(writer, 4, s);
  integers(writer, 8, ints);
  integer(writer, 20, type);
});

const node = message<NodeProto>((writer, proto) => {
  strings(writer, 1, proto.input);
  strings(writer, 2, proto.output);
  string(writer, 3, proto.name);
  string(writer, 4, proto.opType);
  repeated(attribute)(writer, 5, proto.attribute);
});

const dimension = message<number | string>((writer, extent) => {
  if (typeof extent === "number") integer(writer, 1, extent);
  else string(writer, 2, extent);
});

const tensorShape = message<ValueInfoProto["dims"]>((writer, dims) => repeated(dimension)(writer, 1, dims));

const tensorType = message<ValueInfoProto>((writer, { elemType, dims }) => {
  integer(writer, 1, elemType);
  tensorShape(writer, 2, dims);
});

const type = message<ValueInfoProto>((writer, value) => tensorType(writer, 1, value));

const valueInfo = message<ValueInfoProto>((writer, value) => {
  string(writer, 1, value.name);
  type(writer, 2, value);
});

const graph = message<GraphProto>((writer, proto) => {
  repeated(node)(writer, 1, proto.node);
  string(writer, 2, proto.name);
  repeated(tensor)(writer, 5, proto.initializer);
  repeated(valueInfo)(writer, 11, proto.input);
  repeated(valueInfo)(writer, 12, proto.output);
});

const operatorSetId = message<OperatorSetIdProto>((writer, { domain, version }) => {
  string(writer, 1, domain);
  integer(writer, 2, version);
});

/** The bytes of a `.onnx` file. */
export function encodeModel(model: ModelProto): Bytes {
  const writer = new BinaryWriter();
  integer(writer, 1, model.irVersion);
  string(writer, 2, model.producerName);
  graph(writer, 7, model.graph);
  repeated(operatorSetId)(writer, 8, model.opsetImport);
  return writer.finish();
}
