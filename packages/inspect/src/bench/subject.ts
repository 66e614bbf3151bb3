import {
  bindShape,
  float32,
  uniform,
  elementCount,
  type ArithmeticClass,
  type OpName,
  type Shape,
} from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { createModel, type Model } from "@isoconv/zoo";
import { type FilledNetwork, fillNetwork, type NetworkSpec, roundToHalf } from "@isoconv/judge";

/** Something to time, as data. */
export type Subject = OpSubject | ModelSubject | OwnSubject;

/** One operation. */
export interface OpSubject {
  readonly kind: "op";
  /** For example `conv2d 3×3 64→64 at 56×56`. */
  readonly name: string;
  readonly op: OpName;
  /** A graph of one node. */
  readonly network: NetworkSpec;
}

/** A network of the zoo with seeded weights. */
export interface ModelSubject {
  readonly kind: "model";
  /** For example `resnet18 at 3×64×64`. */
  readonly name: string;
  readonly model: string;
  /** `[channels, height, width]` */
  readonly imageShape: readonly [number, number, number];
  readonly batch: number;
  readonly seed: number;
}

/** A network outside the zoo, with its shapes, and with seeded weights. */
export interface OwnSubject {
  readonly kind: "model";
  readonly name: string;
  readonly own: Pick<Model, "graph" | "parameters">;
  readonly batch: number;
  readonly seed: number;
}

export function batchSizeOf(subject: Subject): number {
  return subject.kind === "op" ? subject.network.batch : subject.batch;
}

function zooModel({ model, imageShape: [channels, height, width] }: ModelSubject): Model {
  return createModel(model, { channels, height, width });
}

/** The graph with its parameters and feeds, of numbers that the arithmetic class can store. */
export function networkOf(subject: Subject, arithmetic: ArithmeticClass): FilledNetwork {
  if (subject.kind === "op") return fillNetwork(subject.network, { arithmetic });
  const { batch, seed } = subject;
  const { graph, parameters } = "own" in subject ? subject.own : zooModel(subject);
  const isHalf = arithmetic === "f16" || arithmetic === "f16-storage";
  const rounded = (data: Float32Array): Float32Array => (isHalf ? data.map(roundToHalf) : data);
  const draw = (name: string, shape: Shape) => {
    const bound = bindShape(shape, batch);
    return float32(bound, rounded(uniform(seed, name, elementCount(bound), -1, 1)));
  };
  const weights = initParameters(parameters, { seed, scheme: "conformance" });
  return {
    graph,
    parameters: Object.fromEntries(
      Object.entries(weights).map(([name, { shape, data }]) => [
        name,
        float32(shape, rounded(Float32Array.from(data))),
      ]),
    ),
    feeds: Object.fromEntries(graph.inputs.map(({ name, shape }) => [name, draw(name, shape)])),
  };
}
