import { createBackend } from "@isoconv/backend-reference";
import { definitionOf, graphBuilder, IsoconvError, isIsoconvError, type Backend, type Graph } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { budgets } from "../../plan/budget.js";
import type { ErrorCase } from "../../plan/case.js";
import { profiles } from "../../plan/profile.js";
import { contextOf, faultyBackend } from "../faulty-backend.test.support.js";
import { error } from "./error.js";

const { ops } = profiles.inference;
const planned = error.plan({
  profile: profiles.inference,
  budget: "quick",
  limits: budgets.quick,
  seed: 1,
  wants: () => true,
});

function caseOf(id: string): ErrorCase {
  const found = planned.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

const strides = caseOf("op/conv2d/error/strides-list-0-1");

/** The reference with changed errors. */
function throwing(change: (thrown: IsoconvError) => Error): Promise<Backend> {
  return faultyBackend({
    compile: (compile, ...asked) =>
      compile(...asked).catch((thrown: unknown) => {
        throw isIsoconvError(thrown) ? change(thrown) : thrown;
      }),
  });
}

async function complaintOf(backend: Backend, testCase: ErrorCase): Promise<string | undefined> {
  await using faulty = backend;
  const { passed, reason } = await error.run(testCase, contextOf(faulty));
  expect(passed).toBe(reason === undefined);
  return reason;
}

describe("the error family", () => {
  it("plans every invalid value of every attribute once, with the attribute as the expected path", () => {
    for (const op of ops) {
      for (const [name, { invalid }] of Object.entries(definitionOf(op).attrs)) {
        const rows = planned.filter(({ id }) => id.startsWith(`op/${op}/error/${name}-`));
        const refused = rows.filter(({ request }) => request.expected.path?.startsWith(`attrs.${name}`) === true);
        const distinct = new Set(invalid.map((value) => JSON.stringify([value, String(value)])));
        expect(refused.length).toBeGreaterThanOrEqual(distinct.size);
        expect(
          refused.filter(({ request }) => request.expected.code === "INVALID_ATTRIBUTE").length,
        ).toBeGreaterThanOrEqual(distinct.size);
      }
    }
  });

  it("plans plain data with unique ids, the same each time", () => {
    expect(new Set(planned.map(({ id }) => id)).size).toBe(planned.length);
    expect(structuredClone(planned)).toEqual(planned);
    expect(planned.every(({ id }) => /^[\w./-]+$/.test(id))).toBe(true);
    expect(
      error.plan({ profile: profiles.inference, budget: "full", limits: budgets.full, seed: 2, wants: () => true }),
    ).toEqual(planned);
  });

  it("expects core-spec's own code and path", () => {
    expect(strides.request.expected).toEqual({
      code: "INVALID_ATTRIBUTE",
      path: "attrs.strides[0]",
      names: ["conv2d", "y"],
    });
    const kernel = caseOf("op/maxPool2d/error/kernel-larger-than-input");
    expect(kernel.request.expected).toMatchObject({ code: "INVALID_SHAPE" });
    expect(caseOf("error/feeds/int32").request.expected).toMatchObject({ code: "INVALID_DTYPE", path: 'feeds["b"]' });
    expect(caseOf("error/parameters/missing").request.expected).toMatchObject({ code: "INVALID_WEIGHTS" });
    expect(caseOf("error/graph/cycle").request.expected).toMatchObject({ code: "INVALID_GRAPH", path: "inputs.a" });
  });

  it("finds nothing wrong with the reference", async () => {
    await using backend = await createBackend();
    const context = contextOf(backend);
    for (const each of planned)
      expect({ id: each.id, ...(await error.run(each, context)) }).toMatchObject({ passed: true });
  });

  it("fails a backend that accepts invalid values", async () => {
    const lenient = await faultyBackend({
      compile: (compile, graph, parameters, options) =>
        compile(graph, parameters, options).catch(() => compile(validGraph(), {})),
    });
    expect(await complaintOf(lenient, strides)).toBe("accepted; expected INVALID_ATTRIBUTE at attrs.strides[0]");
  });

  it("fails another code, another path, another error class, several lines, and a message without the node's name", async () => {
    const as = (code: "INVALID_GRAPH" | "INVALID_ATTRIBUTE", path: string, node = "y") =>
      throwing(() => new IsoconvError(code, { op: "conv2d", node, path, what: "no" }));
    expect(await complaintOf(await as("INVALID_GRAPH", "attrs.strides[0]"), strides)).toContain("with INVALID_GRAPH");
    expect(await complaintOf(await as("INVALID_ATTRIBUTE", "attrs.strides"), strides)).toContain("at attrs.strides;");
    expect(await complaintOf(await as("INVALID_ATTRIBUTE", "attrs.strides[0]", "z"), strides)).toContain('name "y"');
    expect(await complaintOf(await throwing(() => new RangeError("no")), strides)).toContain("threw RangeError: no");
    const lines = await throwing((thrown) => Object.assign(thrown, { message: `conv2d\n${thrown.message}` }));
    expect(await complaintOf(lines, strides)).toContain("more than one line");
  });

  it("accepts a longer path", async () => {
    const precise = await throwing(
      () =>
        new IsoconvError("INVALID_ATTRIBUTE", {
          op: "conv2d",
          node: "y",
          path: "nodes[0].attrs.strides[0]",
          what: "no",
        }),
    );
    expect(await complaintOf(precise, strides)).toBeUndefined();
  });

  it("fails a backend that no longer works after a refusal", async () => {
    let refused = false;
    const fragile = await faultyBackend({
      compile: (compile, ...asked) =>
        refused
          ? Promise.reject(new IsoconvError("EXECUTION_FAILED", { what: "poisoned" }))
          : compile(...asked).finally(() => {
              refused = true;
            }),
    });
    expect(await complaintOf(fragile, strides)).toContain("after the refusal a valid network fails");
  });
});

/** A valid graph to compile instead of the invalid one. */
function validGraph(): Graph {
  const g = graphBuilder("valid");
  return g.build({ y: g.relu({ x: g.input("x", ["N", 2]) }) });
}
