import { createBackend } from "@isoconv/backend-reference";
import { IsoconvError, uniform, type Backend, type Results, type Tensor } from "@isoconv/core-spec";
import { findModel, models } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { oneOpNetwork } from "@isoconv/judge";
import type { MachineInfo } from "@isoconv/conformance";
import type { BenchReport } from "./bench-report.js";
import { modelSubjects } from "./model-subjects.js";
import { opSubjects } from "./op-subjects.js";
import { runBench } from "./run-bench.js";
import type { BackendSource } from "./runners.js";
import { networkOf, type Subject } from "./subject.js";

const machine: MachineInfo = { cpu: "a processor", cores: 2, platform: "somewhere", host: "Node" };

const relu: Subject = {
  kind: "op",
  name: "relu 3 at 4×4",
  op: "relu",
  network: oneOpNetwork("relu", "relu", { x: ["N", 3, 4, 4] }, {}, { batch: 2, seed: 1 }),
};

let time = 0;
const now = (): number => time;

interface Fake {
  /** Milliseconds of the given run. */
  readonly takes: (run: number) => number;
  readonly alter?: (result: Tensor, run: number) => Tensor;
  readonly refuse?: IsoconvError;
}

/** The reference with a given speed, on a clock that only its runs advance. */
function fake(id: string, { takes, alter = (result) => result, refuse }: Fake): BackendSource {
  const create = async (): Promise<Backend> => {
    const inner = await createBackend();
    time += 7;
    return {
      id,
      capabilities: inner.capabilities,
      memory: () => inner.memory(),
      dispose: () => inner.dispose(),
      [Symbol.asyncDispose]: () => inner.dispose(),
      compile: async (...args) => {
        if (refuse !== undefined) throw refuse;
        const executable = await inner.compile(...args);
        time += 11;
        let runs = 0;
        return {
          graph: executable.graph,
          dispose: () => executable.dispose(),
          [Symbol.asyncDispose]: () => executable.dispose(),
          run: async (feeds, options): Promise<Results> => {
            const results = await executable.run(feeds, options);
            runs += 1;
            time += takes(runs);
            return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, alter(tensor, runs)]));
          },
        };
      },
    };
  };
  return { id, create };
}

const noisy = (name: string, factor: number): Fake => {
  const noise = uniform(1, name, 1000, 20, 24);
  let drawn = 0;
  return {
    takes: () => {
      drawn += 1;
      return factor * noise[drawn % noise.length];
    },
  };
};

const bench = (
  backends: readonly BackendSource[],
  rest: { baseline?: string; seed?: number } = {},
): Promise<BenchReport> => runBench({ subjects: [relu], backends, rounds: 20, seed: 1, machine, now, ...rest });

describe("runBench", () => {
  it("times create, compile, first run and steady runs separately", async () => {
    const report = await bench([fake("a", { takes: (run) => (run === 1 ? 100 : 20) })]);
    expect(report.backends).toMatchObject([{ id: "a", create: 7, threads: 1 }]);
    expect(report.rows).toEqual([
      {
        subject: "relu 3 at 4×4",
        kind: "op",
        batch: 2,
        backend: "a",
        result: {
          status: "measured",
          compile: 11,
          firstRun: 100,
          steady: { median: 20, low: 20, high: 20 },
          gigabytesPerSecond: (2 * 96 * 4) / 20e6,
        },
      },
    ]);
  });

  it("measures the speed of one backend against another, with an interval around it", async () => {
    const { rows } = await bench([fake("slow", noisy("slow", 1.5)), fake("fast", noisy("fast", 1))], {
      baseline: "slow",
    });
    const [slow, fast] = rows.map(({ result }) => result);
    expect(slow).not.toHaveProperty("speed");
    if (fast?.status !== "measured") throw new Error("not measured");
    expect(fast.speed).toMatchObject({ baseline: "slow", significant: true });
    expect(fast.speed!.ratio.low).toBeLessThan(1.5);
    expect(fast.speed!.ratio.high).toBeGreaterThan(1.5);
  });

  it("nearly always reports no significant difference between two sessions of one backend", async () => {
    const trials = 40;
    let significant = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const sessions = ["one", "two"].map((id) => fake(id, noisy(`${id}/${trial}`, 1)));
      const { rows } = await bench(sessions, { seed: trial });
      const result = rows[1]?.result;
      if (result?.status !== "measured" || result.speed === undefined) throw new Error("not measured");
      if (result.speed.significant) significant += 1;
    }
    expect(significant / trials).toBeLessThanOrEqual(0.1);
  });

  it("gives no number to a result that is wrong, at once or after the rounds, nor to a refusal or failure", async () => {
    const off = (tensor: Tensor): Tensor =>
      tensor.dtype === "float32" ? { ...tensor, data: tensor.data.map((value) => value + 1e-3) } : tensor;
    const { rows } = await bench([
      fake("right", { takes: () => 30 }),
      fake("wrong", { takes: () => 1, alter: off }),
      fake("later", { takes: () => 30, alter: (tensor, run) => (run > 3 ? off(tensor) : tensor) }),
      fake("without", { takes: () => 1, refuse: new IsoconvError("UNSUPPORTED", { what: "no relu" }) }),
      fake("broken", { takes: () => 1, refuse: new IsoconvError("EXECUTION_FAILED", { what: "it broke" }) }),
    ]);
    const outcomes = Object.fromEntries(
      rows.map(({ backend, result }) => [backend, [result.status, "reason" in result ? result.reason : ""]]),
    );
    expect(outcomes).toEqual({
      right: ["measured", ""],
      wrong: ["incorrect", expect.stringMatching(/^output "y" \(relu\): outside its bound at /)],
      later: ["incorrect", expect.stringMatching(/^after the rounds, output "y" \(relu\): outside its bound at /)],
      without: ["unsupported", expect.stringContaining("no relu")],
      broken: ["failed", expect.stringContaining("it broke")],
    });
  });

  it("lists the backends that cannot run here, and throws when none can run or the baseline cannot", async () => {
    const absent: BackendSource = {
      id: "absent",
      create: () => Promise.reject(new IsoconvError("BACKEND_UNAVAILABLE", { what: "no such device" })),
    };
    const there = fake("there", { takes: () => 30 });
    const report = await bench([absent, there]);
    expect(report.unavailable).toEqual([{ id: "absent", reason: expect.stringContaining("no such device") }]);
    expect(report.rows.map(({ backend }) => backend)).toEqual(["there"]);
    await expect(bench([absent])).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
    await expect(bench([absent, there], { baseline: "absent" })).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
    await expect(bench([there], { baseline: "absent" })).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE" });
    await expect(bench([there, there])).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path: "backends" });
  });

  it("judges networks by the end-to-end rule", async () => {
    const [lenet] = modelSubjects({ batch: 2, seed: 1, size: "small" });
    const subjects = [lenet];
    const wrong = fake("wrong", {
      takes: () => 30,
      alter: (tensor) =>
        tensor.dtype === "float32" ? { ...tensor, data: tensor.data.map((value) => value * 1.001) } : tensor,
    });
    const backends = [fake("right", { takes: () => 30 }), wrong];
    const { rows } = await runBench({ subjects, backends, rounds: 2, seed: 1, machine, now });
    expect(rows).toMatchObject([
      { subject: "d2l/lenet at 1×28×28", kind: "model", batch: 2, result: { status: "measured" } },
      { result: { status: "incorrect", reason: expect.stringMatching(/^output "logits": deviates by 1\.0e-3/) } },
    ]);
    const [right] = rows;
    if (right?.result.status !== "measured") throw new Error("not measured");
    expect(right.result.gmacPerSecond).toBeCloseTo((2 * 416_520) / 30e6);
  });
});

describe("the subjects", () => {
  it("are valid networks of one node each, with distinct names, at any batch", () => {
    const subjects = opSubjects({ batch: 3, seed: 1 });
    expect(new Set(subjects.map(({ name }) => name)).size).toBe(subjects.length);
    for (const subject of subjects) {
      const { graph, feeds } = networkOf(subject, "f32");
      expect(graph.nodes.map(({ op }) => op)).toEqual([subject.op]);
      expect(Object.values(feeds).map(({ shape }) => shape[0])).not.toContain(1);
    }
  });

  it("are the zoo's networks; small ones are at 64×64 or the smallest valid size, but not above the network's own size", () => {
    const small = modelSubjects({ batch: 1, seed: 1, size: "small" });
    expect(small.map(({ model }) => model)).toEqual(models.map(({ name }) => name));
    for (const { model, imageShape } of small) {
      const { defaults, minimumSize } = findModel(model);
      const most = Math.max(64, minimumSize);
      expect(imageShape.slice(1)).toEqual([Math.min(defaults.height, most), Math.min(defaults.width, most)]);
    }
    const names = small.map(({ name }) => name);
    expect(names).toContain("resnet18 at 3×64×64");
    expect(names).toContain("inception_v3 at 3×75×75");
    expect(names).toContain("d2l/lenet at 1×28×28");
    expect(modelSubjects({ batch: 1, seed: 1, size: "full" }).map(({ name }) => name)).toContain(
      "resnet18 at 3×224×224",
    );
  });
});
