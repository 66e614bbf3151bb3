import { capabilityChoices, opNames, type Capabilities, type DeviceLimits, type OpSupport } from "@isoconv/core-spec";
import type { OpShare, WorstElement } from "@isoconv/judge";
import { budgets, type Budget } from "../plan/budget.js";
import { familyNames } from "../plan/case.js";
import { profiles, type ProfileName } from "../plan/profile.js";
import type { Expectation } from "../run/expectation.js";
import {
  byKind,
  count,
  eitherOf,
  list,
  number,
  object,
  oneOf,
  optional,
  record,
  text,
  type Codec,
  type Schema,
} from "./codec.js";
import type { MachineInfo } from "./machine-info.js";
import { fill, network } from "./network-codec.js";
import { statuses, type CaseResult, type OpSummary, type Report } from "./report.js";

const op = oneOf(opNames);
const family = oneOf(familyNames);

type Refusal = Extract<OpSupport, object>;
type Support = Exclude<OpSupport, object>;

const opSupport: Codec<OpSupport> = eitherOf<Support, Refusal>(
  oneOf(["native", "decomposed"]),
  object<Refusal>({ unsupported: text, issue: text }),
  (value): value is Support => typeof value === "string",
  (json) => json === undefined,
);

const capabilities: Codec<Capabilities> = object<Capabilities>({
  runtime: object<Capabilities["runtime"]>({ name: text, version: text }),
  device: oneOf(capabilityChoices.device),
  threads: count,
  notes: optional(list(text)),
  arithmetic: oneOf(capabilityChoices.arithmetic),
  convAlgorithm: oneOf(capabilityChoices.convAlgorithm),
  nonFinite: oneOf(capabilityChoices.nonFinite),
  subnormals: oneOf(capabilityChoices.subnormals),
  adapter: optional(text),
  limits: optional(object<DeviceLimits>({ arrayBytes: count })),
  ops: record(opSupport, opNames),
});

const expectation: Codec<Expectation> = byKind<Expectation>({
  xfail: object({ kind: oneOf(["xfail"]), cases: text, reason: text, link: text, fails: text }),
  skip: object({ kind: oneOf(["skip"]), cases: text, reason: text, link: text }),
});

const worst: Codec<WorstElement> = object<WorstElement>({
  value: text,
  index: list(count),
  expected: number,
  got: number,
  bound: number,
});

const share: Codec<OpShare> = object<OpShare>({ op, share: number, worst: optional(worst) });

/** One result, as threads post it. */
export const caseResultCodec: Codec<CaseResult> = object<CaseResult>({
  id: text,
  family,
  ops: list(op),
  status: oneOf(statuses),
  reason: optional(text),
  shares: list(share),
  measured: optional(text),
  replay: optional(object<NonNullable<CaseResult["replay"]>>({ seed: number, path: text })),
  counterexample: optional(network),
  expectation: optional(expectation),
});

type OpWorst = NonNullable<OpSummary["worst"]>;

const opSummary: Codec<OpSummary> = object<OpSummary>({
  op,
  families: record(record(count, statuses, "some"), familyNames, "some"),
  worst: optional(object<OpWorst>({ op, share: number, worst: optional(worst), case: text })),
});

const omitted: Codec<Report["plan"]["omitted"]> = {
  schema: { anyOf: [count.schema, { const: "uncounted" }] },
  write: (value) => value,
  read: (json, path) => (json === "uncounted" ? json : count.read(json, path)),
};

/** A report as JSON. */
export const reportCodec: Codec<Report> = object<Report>({
  format: oneOf(["isoconv-conformance-report"]),
  version: oneOf([1]),
  backend: text,
  target: optional(text),
  verdict: oneOf(["conformant", "partial", "nonconformant", "drift"]),
  totals: record(count, statuses),
  plan: object<Report["plan"]>({
    profile: oneOf(Object.keys(profiles) as ProfileName[]),
    budget: oneOf(Object.keys(budgets) as Budget[]),
    seed: count,
    share: number,
    filter: list(text),
    length: count,
    omitted,
  }),
  capabilities,
  machine: optional(object<MachineInfo>({ cpu: text, cores: count, platform: text, host: text })),
  stale: list(expectation),
  ops: list(opSummary),
  cases: list(caseResultCodec),
});

/** The published JSON Schema of `report.json`. */
export const reportSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:isoconv:conformance-report:1",
  title: "isoconv conformance report, version 1",
  description:
    "What a conformance run found. The totals cover the whole plan; `cases` may hold the findings and measurements alone. " +
    'NaN, infinities and -0 are spelt as the words "NaN", "Infinity", "-Infinity" and "-0".',
  ...reportCodec.schema,
  $defs: { fill: fill.schema },
};
