import { beforeEach, describe, expect, it } from "vitest";
import type { Availability, Backend } from "../backend/backend.js";
import { deferred, graph, settle, x } from "../backend/logging-backend.test.support.js";
import { toyBackend, ToyStore, toyTable, nothing } from "../backend/toy-backend.test.support.js";
import { rejection } from "../op-cases.test.support.js";
import type { BackendModule } from "../backend/backend-module.js";
import { pickBackend } from "./pick-backend.js";

let created: string[];
let disposed: string[];
beforeEach(() => {
  created = [];
  disposed = [];
});

interface Toy {
  /** The factor that results are multiplied by. */
  readonly wrong?: number;
  /** How long a run blocks the thread, in milliseconds. */
  readonly slow?: number;
  readonly supports?: false;
  readonly availability?: Availability;
  readonly failure?: Error;
  readonly afterKernel?: () => void;
}

/** A module that counts its live backends. */
function toy(name: string, { wrong = 1, slow = 0, supports, availability, failure, afterKernel }: Toy = {}) {
  const runtime = new ToyStore();
  const table = {
    ...toyTable(runtime),
    relu: (({ x: value }, _attrs, site) => {
      const end = performance.now() + slow;
      while (performance.now() < end);
      const result = runtime.kernel(site, (i) => wrong * Math.max(0, runtime.read(value)[i]));
      afterKernel?.();
      return result;
    }) as ReturnType<typeof toyTable>["relu"],
  };
  runtime.dispose = async () => void disposed.push(name);
  const module: BackendModule = {
    isAvailable: async () => availability ?? { available: true },
    createBackend: async () => {
      if (failure !== undefined) throw failure;
      created.push(name);
      const backend = toyBackend(runtime, supports === false ? { ...nothing } : table);
      return Object.assign(Object.create(backend) as Backend, {
        id: name,
        capabilities: backend.capabilities,
        compile: backend.compile.bind(backend),
        dispose: () => backend.dispose(),
        memory: () => backend.memory(),
      });
    },
  };
  return module;
}

const trial = { measure: true, graph, parameters: {}, feeds: { x } } as const;

describe("pickBackend", () => {
  it("takes the first candidate that is available and can be created, and gives reasons for those before", async () => {
    const { backend, refused } = await pickBackend([
      toy("absent", { availability: { available: false, reason: "no GPU. Install a driver" } }),
      { id: "broken", load: async () => toy("broken", { failure: new Error("does not start") }) },
      () => Promise.reject(new Error("Cannot find package")),
      async () => ({}) as BackendModule,
      async () => toy("good"),
      () => Promise.reject(new Error("never loaded")),
    ]);
    expect(backend.id).toBe("good");
    expect(refused).toEqual([
      { id: "candidates[0]", reason: "no GPU. Install a driver" },
      { id: "broken", reason: "does not start" },
      { id: "candidates[2]", reason: "Cannot find package" },
      { id: "candidates[3]", reason: "the module exports no createBackend" },
    ]);
    expect([created, disposed]).toEqual([["good"], []]);
  });

  it("lists each reason when none works", async () => {
    const none = pickBackend([
      { id: "a", load: async () => toy("a", { availability: { available: false, reason: "no driver" } }) },
      { id: "b", load: async () => toy("b", { failure: new Error("no memory") }) },
    ]);
    const error = await rejection(none);
    expect(error.code).toBe("BACKEND_UNAVAILABLE");
    expect(error.message).toContain("a: no driver; b: no memory");
    expect((await rejection(pickBackend([]))).code).toBe("BACKEND_UNAVAILABLE");
  });

  it("refuses what is not a candidate", async () => {
    const error = await rejection(pickBackend([{} as BackendModule]));
    expect([error.code, error.path]).toEqual(["INVALID_ATTRIBUTE", "candidates[0]"]);
  });

  it("stops at once when aborted, and disposes a backend that is created later", async () => {
    const gate = deferred();
    const controller = new AbortController();
    const late = toy("late");
    const slow = { createBackend: () => gate.promise.then(() => late.createBackend()) };
    const picking = rejection(pickBackend([slow, toy("next")], { signal: controller.signal }));
    await settle();
    controller.abort(new Error("enough"));
    const error = await picking;
    expect([error.code, error.cause]).toEqual(["ABORTED", new Error("enough")]);
    gate.resolve();
    await settle();
    expect([created, disposed]).toEqual([["late"], ["late"]]);
  });

  it("creates nothing once aborted", async () => {
    const signal = AbortSignal.abort();
    expect((await rejection(pickBackend([toy("a")], { signal }))).code).toBe("ABORTED");
    expect((await rejection(pickBackend([toy("a")], { ...trial, signal }))).code).toBe("ABORTED");
    const load = () => new Promise<BackendModule>(() => {});
    expect((await rejection(pickBackend([load], { signal }))).code).toBe("ABORTED");
    expect(created).toEqual([]);
  });
});

describe("pickBackend with measure", () => {
  it("returns the fastest that agrees with the majority, and disposes the others", async () => {
    const { backend, refused, measured } = await pickBackend(
      [
        toy("slow", { slow: 16 }),
        toy("wrong", { wrong: 1.01 }),
        toy("fast", { slow: 1 }),
        toy("partial", { supports: false }),
        toy("slowest", { slow: 64 }),
        toy("absent", { availability: { available: false, reason: "no GPU" } }),
      ],
      { ...trial, rounds: 3 },
    );
    expect(backend.id).toBe("fast");
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    expect(measured.map(({ id }) => id)).toEqual(["fast", "slow", "slowest"]);
    expect(measured[0].milliseconds).toBeGreaterThanOrEqual(1);
    expect(refused).toEqual([
      { id: "candidates[5]", reason: "no GPU" },
      { id: "partial", reason: expect.stringMatching(/^UNSUPPORTED: relu/) },
      {
        id: "wrong",
        reason: expect.stringMatching(/^output "y"\[1\] is 2\.0\d+ where slow has 2 ± 0\.0e\+0, as 3 of 4 have it$/),
      },
    ]);
    expect(disposed.toSorted()).toEqual(["partial", "slow", "slowest", "wrong"]);
    const { y } = await (await backend.compile(graph, {})).run({ x });
    expect(y).toEqual(x);
    await backend.dispose();
    expect(disposed.toSorted()).toEqual(created.toSorted());
  });

  it("refuses both of two that differ, unless a judge decides", async () => {
    const two = () => [toy("right"), toy("wrong", { wrong: 2 })];
    const error = await rejection(pickBackend(two(), { ...trial, rounds: 1 }));
    expect(error.code).toBe("BACKEND_UNAVAILABLE");
    expect(error.message).toMatch(/right: .* no majority .*; wrong: .* no majority/);
    expect(disposed.toSorted()).toEqual(["right", "wrong"]);

    const judged: string[] = [];
    const { backend, refused } = await pickBackend(two(), {
      ...trial,
      rounds: 1,
      agree: async ({ y }, { id }) => {
        judged.push(id);
        return y.data[0] === 1 ? undefined : "not the identity";
      },
    });
    expect([backend.id, refused]).toEqual(["right", [{ id: "wrong", reason: "not the identity" }]]);
    // Before the timing and after it.
    expect(judged).toEqual(["right", "wrong", "right"]);
    await backend.dispose();
    expect(disposed.toSorted()).toEqual(created.toSorted());
  });

  it("takes the only candidate", async () => {
    const { backend, measured } = await pickBackend([toy("only")], { ...trial, rounds: 1 });
    expect([backend.id, measured.length]).toEqual(["only", 1]);
    await backend.dispose();
  });

  it("reports wrong feeds and a wrong number of rounds as the caller's errors, not the backends'", async () => {
    const two = [toy("one"), toy("two")];
    expect((await rejection(pickBackend(two, { ...trial, feeds: {} }))).code).toBe("INVALID_FEED");
    expect(disposed.toSorted()).toEqual(["one", "two"]);
    for (const rounds of [0, 1.5, Number.NaN]) {
      const error = await rejection(pickBackend(two, { ...trial, rounds }));
      expect([error.code, error.path]).toEqual(["INVALID_ATTRIBUTE", "options.rounds"]);
    }
    expect(created).toHaveLength(2);
  });

  it("refuses a backend whose results become wrong during the timing", async () => {
    let runs = 0;
    const drifting: Toy = {
      get wrong() {
        return 1;
      },
    };
    const module = toy("drifts", drifting);
    const create = module.createBackend;
    const spoilt: BackendModule = {
      createBackend: async () => {
        const backend = await create();
        const compile = backend.compile.bind(backend);
        return Object.assign(backend, {
          compile: async (...args: Parameters<Backend["compile"]>) => {
            const executable = await compile(...args);
            const run = executable.run.bind(executable);
            return Object.assign(executable, {
              run: async (...feeds: Parameters<typeof run>) => {
                const results = await run(...feeds);
                runs += 1;
                if (runs > 3) results["y"].data[0] = 7;
                return results;
              },
            });
          },
        });
      },
    };
    const { backend, refused } = await pickBackend([spoilt, toy("a"), toy("b")], { ...trial, rounds: 1 });
    expect(refused).toEqual([{ id: "drifts", reason: expect.stringContaining("as 2 of 3 have it") }]);
    await backend.dispose();
    expect(disposed.toSorted()).toEqual(created.toSorted());
  });

  it("leaks nothing when aborted while it runs, or when the judge throws", async () => {
    const controller = new AbortController();
    const aborting = toy("aborting", { afterKernel: () => controller.abort() });
    const error = await rejection(
      pickBackend([toy("before"), aborting, toy("after")], { ...trial, signal: controller.signal }),
    );
    expect(error.code).toBe("ABORTED");
    expect(created).toHaveLength(3);
    expect(disposed.toSorted()).toEqual(created.toSorted());

    const agree = () => {
      throw new Error("no judge");
    };
    await expect(pickBackend([toy("one"), toy("two")], { ...trial, agree })).rejects.toThrow("no judge");
    expect(disposed.toSorted()).toEqual(created.toSorted());
  });
});
