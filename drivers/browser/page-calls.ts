/**
 * Calls into the page. Each has a deadline, and its result is untrusted and validated. A failure after which the call
 * may still have had its effect is reported as `unknown`. Work that takes longer than one protocol call is kept in the
 * page and polled. The code of a call is sent to the page once and named afterwards: parsing it again at each look is
 * most of what an idle session would cost.
 */
import { createHash, randomUUID } from "node:crypto";
import type { Page } from "puppeteer";
import type * as Wpp from "@wppconnect/wa-js";
import { z } from "zod";
import { DriverError } from "../../contracts/transport.ts";
import { within } from "../../concurrency/deadline.ts";
import { explainMismatch } from "../../contracts/validation-messages.ts";

declare global {
  /** wa-js, in the page; only functions that run there may use it. */
  const WPP: typeof Wpp;
  /** wppconnect's own functions in the page. */
  const WAPI: {
    getMessages(chatId: string, options: { count: number; direction: "before"; id?: string }): Promise<unknown[]>;
    readonly _newMessagesBuffer: unknown[];
  };
  var wppJobs: Map<string, Promise<unknown>> | undefined;
  /** The functions sent so far, by the hash of their source. */
  var wppCode: Map<string, PageFunction> | undefined;
}

type PageFunction = (...args: unknown[]) => unknown;

/** Duration of one protocol call: well below Puppeteer's protocol timeout, after which a call's result is lost. */
const POLL_MS = 15_000;
const SLACK_MS = 5_000;

/** The page's code threw an error: the work was refused, or failed on the way. */
export class PageError extends Error {
  /** wa-js's code or the name of the error. */
  readonly code: string;
  /** WhatsApp's status code, 0 when there is none. */
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const Outcome = z.union([
  z.object({ pending: z.literal(true) }),
  z.object({ lost: z.literal(true) }),
  z.object({ unsent: z.literal(true) }),
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string(), status: z.number(), message: z.string() }),
]);
type Outcome = z.infer<typeof Outcome>;

interface ThrownError {
  code?: unknown;
  name?: unknown;
  message?: unknown;
  statusCode?: unknown;
}

/** Runs in the page: the outcome as plain JSON, because instances of WhatsApp's classes cannot be transferred. */
async function runJob(work: () => unknown): Promise<unknown> {
  try {
    const value = await work();
    return { ok: true, value: value === undefined ? null : JSON.parse(JSON.stringify(value)) };
  } catch (thrown) {
    const error = (typeof thrown === "object" && thrown !== null ? thrown : { message: thrown }) as ThrownError;
    const status = Number(error.statusCode);
    return {
      ok: false,
      code: String(error.code ?? error.name ?? "error"),
      status: Number.isFinite(status) ? status : 0,
      message: String(error.message ?? thrown),
    };
  }
}

/** Runs in the page: waits for a job, at most `ms`. */
async function awaitJob(id: string, ms: number): Promise<unknown> {
  const job = globalThis.wppJobs?.get(id);
  if (job === undefined) return { lost: true };
  const outcome = await Promise.race([job, new Promise((resolve) => setTimeout(resolve, ms, null))]);
  if (outcome === null) return { pending: true };
  globalThis.wppJobs?.delete(id);
  return outcome;
}

/** Runs in the page: starts a job and waits for it. Nothing has run when its code is not in the page yet. */
function startJob(id: string, ms: number, keys: string[], input: unknown): unknown {
  const found = keys.map((key) => globalThis.wppCode?.get(key)).filter((code) => code !== undefined);
  const [run, wait, work, ...helpers] = found;
  if (run === undefined || wait === undefined || work === undefined || found.length < keys.length)
    return { unsent: true };
  (globalThis.wppJobs ??= new Map()).set(id, run(() => work(input, ...helpers)) as Promise<unknown>);
  return wait(id, ms);
}

const knownKeys = new Map<string, string>();

/** Names a function by its source: two of the same source are the same to the page. */
function keyOf(source: string): string {
  const known = knownKeys.get(source) ?? createHash("sha256").update(source).digest("base64url").slice(0, 16);
  knownKeys.set(source, known);
  return known;
}

const AWAIT_KEY = keyOf(String(awaitJob));
const START_KEY = keyOf(String(startJob));

/** An expression that calls a function of the page's code, or says that it is not there. */
function named(key: string, ...args: unknown[]): string {
  const json = args.map((arg) => JSON.stringify(arg) ?? "undefined").join(", ");
  return `globalThis.wppCode?.has("${key}") ? wppCode.get("${key}")(${json}) : { unsent: true }`;
}

/** An expression that adds functions to the page's code. */
function sending(sources: readonly string[]): string {
  const entries = sources.map((source) => `["${keyOf(source)}", ${source}]`);
  return `globalThis.wppCode = new Map([...(globalThis.wppCode ?? []), ${entries.join(", ")}])`;
}

export class PageCalls {
  readonly #page: Page;
  readonly #death: Promise<never>;

  /** `death` rejects when the page or its browser is gone; calls in flight are rejected with it. */
  constructor(page: Page, death: Promise<never>) {
    this.#page = page;
    this.#death = death;
    death.catch(() => undefined);
  }

  /**
   * Runs a function in the page. It must not refer to anything outside itself. Rejects with PageError or DriverError.
   */
  run<S extends z.ZodType, A>(
    schema: S,
    work: (input: A) => unknown,
    input: A,
    deadlineMs: number = POLL_MS,
  ): Promise<z.infer<S>> {
    return this.runWith(schema, work, input, deadlineMs, []);
  }

  /** The same for a function that needs others: they are its further arguments there. */
  async runWith<S extends z.ZodType, A, H extends readonly ((...args: never[]) => unknown)[]>(
    schema: S,
    work: (input: A, ...helpers: H) => unknown,
    input: A,
    deadlineMs: number,
    helpers: H,
  ): Promise<z.infer<S>> {
    const id = randomUUID();
    const deadline = Date.now() + deadlineMs;
    const sources = [runJob, awaitJob, work, ...helpers].map(String);
    const start = (): string => named(START_KEY, id, pollTime(deadline), sources.map(keyOf), input);
    let outcome = await this.#poll(start(), deadline);
    if ("unsent" in outcome)
      outcome = await this.#poll(`${sending([String(startJob), ...sources])}; ${start()}`, deadline);
    while ("pending" in outcome && Date.now() < deadline)
      outcome = await this.#poll(named(AWAIT_KEY, id, pollTime(deadline)), deadline);
    return this.#unwrap(schema, outcome, deadlineMs);
  }

  /** True when the page answers within the time. */
  async isAlive(ms: number): Promise<boolean> {
    return within(Promise.race([this.#page.evaluate("1"), this.#death]), ms, () => new Error("no answer")).then(
      () => true,
      () => false,
    );
  }

  async #poll(expression: string, deadline: number): Promise<Outcome> {
    const late = (): DriverError => new DriverError("unknown", "the page did not answer in time");
    const answer = within(
      Promise.race([this.#page.evaluate(expression), this.#death]),
      pollTime(deadline) + SLACK_MS,
      late,
    );
    return Outcome.parse(
      await answer.catch((error: unknown) => {
        throw error instanceof DriverError
          ? error
          : new DriverError("unknown", error instanceof Error ? error.message : String(error));
      }),
    );
  }

  #unwrap<S extends z.ZodType>(schema: S, outcome: Outcome, deadlineMs: number): z.infer<S> {
    if ("pending" in outcome) throw new DriverError("unknown", `WhatsApp Web did not finish within ${deadlineMs} ms`);
    // Without its code the page has lost the job too.
    if ("lost" in outcome || "unsent" in outcome) throw new DriverError("unknown", "the page was reloaded meanwhile");
    if (!outcome.ok) throw new PageError(outcome.code, outcome.status, outcome.message);
    const parsed = schema.safeParse(outcome.value);
    if (!parsed.success)
      throw new DriverError(
        "unknown",
        `WhatsApp Web returned an unknown shape: ${explainMismatch(schema, outcome.value)}`,
      );
    return parsed.data;
  }
}

function pollTime(deadline: number): number {
  return Math.max(0, Math.min(POLL_MS, deadline - Date.now()));
}
