import { IsoconvError } from "@isoconv/core-spec";
import { type MachineInfo } from "@isoconv/conformance";
import { type Codec, count, eitherOf, list, number, object, oneOf, optional, text } from "@isoconv/conformance/report";
import type {
  AbsentBackend,
  BenchedBackend,
  BenchReport,
  BenchRow,
  Interval,
  Measured,
  NotMeasured,
  SpeedRatio,
} from "./bench-report.js";

const interval = object<Interval>({ median: number, low: number, high: number });

const measured = object<Measured>({
  status: oneOf(["measured"]),
  compile: number,
  firstRun: number,
  steady: interval,
  speed: optional(object<SpeedRatio>({ baseline: text, ratio: interval, significant: flag() })),
  gmacPerSecond: optional(number),
  gigabytesPerSecond: number,
});

const notMeasured = object<NotMeasured>({ status: oneOf(["incorrect", "unsupported", "failed"]), reason: text });

const row = object<BenchRow>({
  subject: text,
  kind: oneOf(["op", "model"]),
  batch: count,
  backend: text,
  result: eitherOf<Measured, NotMeasured>(
    measured,
    notMeasured,
    (value): value is Measured => value.status === "measured",
    (json) => json?.["status"] === "measured",
  ),
});

const backend = object<BenchedBackend>({
  id: text,
  runtime: object<BenchedBackend["runtime"]>({ name: text, version: text }),
  device: oneOf(["cpu", "gpu"]),
  adapter: optional(text),
  threads: count,
  create: number,
});

const benchCodec: Codec<BenchReport> = object<BenchReport>({
  format: oneOf(["isoconv-bench-report"]),
  version: oneOf([1]),
  machine: object<MachineInfo>({ cpu: text, cores: count, platform: text, host: text }),
  rounds: count,
  sessions: count,
  seed: count,
  baseline: text,
  backends: list(backend),
  unavailable: list(object<AbsentBackend>({ id: text, reason: text })),
  rows: list(row),
});

function flag(): Codec<boolean> {
  return {
    schema: { type: "boolean" },
    write: (value) => value,
    read: (json, path) => {
      if (typeof json === "boolean") return json;
      throw new IsoconvError("INVALID_ATTRIBUTE", {
        path,
        what: "not a flag",
        expected: "true or false",
        received: json,
      });
    },
  };
}

/** The text of a speed report; NaN and ±∞ are written as words. */
export function benchToJson(report: BenchReport): string {
  return `${JSON.stringify(benchCodec.write(report), undefined, 2)}\n`;
}

/**
 * Parses a speed report.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` with the place in `path` for anything else
 */
export function readBenchReport(content: string): BenchReport {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new IsoconvError("INVALID_ATTRIBUTE", { path: "bench report", what: "not JSON", cause });
  }
  return benchCodec.read(json, "");
}
