import { isIsoconvError, isSymbolic, type Executable, type Feeds, type Results } from "@isoconv/core-spec";
import {
  failed,
  fillNetwork,
  type FilledNetwork,
  judgeAtSize,
  type Judgement,
  judgeNetwork,
  passed,
  type SizeQuestion,
} from "@isoconv/judge";
import type { AgreementCase } from "../../plan/case.js";
import { changeSince, snapshot, type Snapshot } from "../contract/bits.js";
import type { RunContext } from "../family.js";
import { FeedArrays } from "./feed-arrays.js";
import { misshapen } from "./misshapen.js";
import { itemsOf, type Step } from "./step.js";

/** Takes the executable of a case through the steps of its history. */
export class History {
  readonly #case: AgreementCase;
  readonly #own: FilledNetwork;
  readonly #executable: Executable;
  readonly #context: RunContext;
  readonly #arrays = new FeedArrays();
  readonly #open: ReadonlySet<string>;
  #other: FilledNetwork | undefined;
  #twin: Executable | undefined;
  #first: Snapshot | undefined;

  constructor(testCase: AgreementCase, own: FilledNetwork, executable: Executable, context: RunContext) {
    this.#case = testCase;
    this.#own = own;
    this.#executable = executable;
    this.#context = context;
    this.#open = new Set(own.graph.inputs.filter(({ shape }) => isSymbolic(shape)).map(({ name }) => name));
  }

  /** Takes a step. Errors of the backend that the step does not expect are thrown. */
  async take(step: Step): Promise<Judgement> {
    switch (step.kind) {
      case "run": {
        const { batch } = this.#case.network;
        return this.#judge(step.data, step.items === undefined ? undefined : itemsOf(step.items, batch));
      }
      case "unjudged":
        await this.#run(this.#executable, this.#feeds(this.#otherData().feeds));
        return passed();
      case "twin":
        return this.#runTwin();
      case "abort":
        return this.#abort(step.when);
      case "refuse":
        return this.#refuse();
      case "again": {
        const results = await this.#run(this.#executable, this.#feeds(this.#own.feeds));
        const change = this.#first === undefined ? "unchanged" : changeSince(this.#first, results);
        return change === "unchanged" ? passed() : failed(`the bits of the first run's result: ${change}`);
      }
    }
  }

  /** Disposes the second executable. */
  async close(): Promise<void> {
    await this.#twin?.dispose();
  }

  async #judge(data: "own" | "other", items: readonly number[] | undefined): Promise<Judgement> {
    const { id } = this.#case;
    const key = data === "own" ? id : `${id}|other data`;
    const network = data === "own" ? this.#own : { ...this.#own, feeds: this.#otherData().feeds };
    const results = await this.#run(this.#executable, this.#feeds(network.feeds, items));
    const judgement = await this.#ask({ key, network, items }, results);
    // Only a result that is right is worth comparing with.
    if (data === "own" && items === undefined && judgement.passed) this.#first ??= snapshot(results);
    return judgement;
  }

  async #runTwin(): Promise<Judgement> {
    const { id } = this.#case;
    const network = this.#otherData();
    this.#twin ??= await this.#context.backend.compile(network.graph, network.parameters);
    const results = await this.#run(this.#twin, this.#feeds(network.feeds));
    // Without parameters the twin computes what the executable computes.
    const key = network.graph.parameters.length === 0 ? `${id}|other data` : `${id}|twin`;
    return this.#ask({ key, network }, results);
  }

  #ask(question: SizeQuestion, results: Results): Promise<Judgement> {
    const { exactly } = this.#case;
    const { capabilities, memo } = this.#context;
    return exactly === "if proved"
      ? judgeAtSize(question, results, capabilities, memo)
      : judgeNetwork({ ...question, exactly }, results, capabilities, memo);
  }

  async #abort(when: "before" | "after"): Promise<Judgement> {
    const controller = new AbortController();
    if (when === "before") controller.abort();
    const run = this.#executable.run(this.#feeds(this.#otherData().feeds), { signal: controller.signal });
    const outcome = run.then(
      () => "resolved",
      (error: unknown) => (isIsoconvError(error) ? error.code : String(error)),
    );
    controller.abort();
    const got = await outcome;
    const isRight = got === "ABORTED" || (when === "after" && got === "resolved");
    return isRight ? passed() : failed(`expected ABORTED, got ${got}`);
  }

  async #refuse(): Promise<Judgement> {
    const feeds = misshapen(this.#feeds(this.#otherData().feeds));
    try {
      await this.#executable.run(feeds, { signal: this.#context.signal });
    } catch (error) {
      if (isIsoconvError(error, "INVALID_FEED")) return passed();
      throw error;
    }
    return failed("expected INVALID_FEED, got a result");
  }

  #run(executable: Executable, feeds: Feeds): Promise<Results> {
    return executable.run(feeds, { signal: this.#context.signal });
  }

  #feeds(feeds: Feeds, items?: readonly number[]): Feeds {
    return this.#arrays.write(feeds, items, (name) => this.#open.has(name));
  }

  #otherData(): FilledNetwork {
    const { network } = this.#case;
    const seed = (network.seed + 0x9e3779b9) % 2 ** 32;
    this.#other ??= fillNetwork({ ...network, seed }, this.#context.capabilities);
    return this.#other;
  }
}
