/** A client under load: it sends text messages through all sessions, and keeps a history of what was answered. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Message } from "../../contracts/message.ts";
import type { TestClient } from "../harness/client.ts";

/** A message that was answered with 202. */
export interface Accepted {
  readonly session: string;
  /** Counts the session's messages from 0. */
  readonly number: number;
  readonly waId: string;
}

export interface LoadOptions {
  /** Clients of the app processes; each request goes to the next one, as behind a load balancer. */
  readonly clients: () => readonly TestClient[];
  readonly sessions: readonly string[];
  readonly to: string;
  /** Messages a second, over all sessions. */
  readonly rate: number;
}

/** ms until a refused request is repeated. */
const REPEAT_AFTER = 250;

/** The text by which the receiver knows the session and the number. */
export function textOf(session: string, number: number): string {
  return `chaos ${session} ${number}`;
}

export class Load {
  readonly accepted: Accepted[] = [];
  /** Answers other than 202, by status; 0 stands for a connection that was refused or broken. */
  readonly refused = new Map<number, number>();
  /** The longest that a refusal took, in ms. */
  slowestRefusal = 0;
  readonly #options: LoadOptions;
  readonly #over = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #turn = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  start(): void {
    const { sessions, rate } = this.#options;
    this.#running = Promise.all(sessions.map((session) => this.#send(session, (sessions.length / rate) * 1_000)));
  }

  /** Resolves when the requests under way are answered. */
  async stop(): Promise<void> {
    this.#over.abort();
    await this.#running;
  }

  get refusals(): number {
    return [...this.refused.values()].reduce((sum, count) => sum + count, 0);
  }

  /** One session's messages, one after the other: the order of requests at the same time is not defined. */
  async #send(session: string, interval: number): Promise<void> {
    for (let number = 0; !this.#over.signal.aborted; number += 1) {
      const waId = await this.#untilAccepted(session, number);
      if (waId !== null) this.accepted.push({ session, number, waId });
      await pause(interval);
    }
  }

  /** Repeats a refused request under its key, as a careful client does. Null when the load ended before. */
  async #untilAccepted(session: string, number: number): Promise<string | null> {
    const key = randomUUID();
    const body = { to: this.#options.to, type: "text", text: textOf(session, number) };
    for (;;) {
      const begun = performance.now();
      const clients = this.#options.clients();
      const client = clients[this.#turn++ % clients.length]!;
      const answer = await client
        .ask<Message>("POST", `/sessions/${session}/messages`, body, { "idempotency-key": key })
        .catch(unlessUndeclared);
      if (answer?.status === 202) return answer.body.waId;
      const status = answer?.status ?? 0;
      this.refused.set(status, (this.refused.get(status) ?? 0) + 1);
      this.slowestRefusal = Math.max(this.slowestRefusal, performance.now() - begun);
      if (this.#over.signal.aborted) return null;
      // A broken connection is repeated at another process at once.
      if (status !== 0) await pause(REPEAT_AFTER);
      else await pause(10);
    }
  }
}

/** Names, because in a test the classes of `fetch` are not those of the global scope. */
const BROKEN: ReadonlySet<string> = new Set(["TypeError", "TimeoutError"]);

/** Null for a connection that was refused or broken; an answer against the contract is a failure of the run. */
function unlessUndeclared(error: unknown): null {
  if (BROKEN.has((error as Error).name)) return null;
  throw error;
}
