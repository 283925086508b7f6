/**
 * Fails statements at once while the PostgreSQL server does not respond, instead of letting each wait for its own
 * timeout. A connection of its own asks the server every half second. The server counts as away after two questions
 * without an answer, unless any statement was answered meanwhile: a busy server is not an absent one.
 */
import pg from "pg";

/** ms between two questions, and that an answer may take. */
const INTERVAL = 500;
const ANSWER_WITHIN = 1_000;
/** Unanswered questions in a row after which the server is away. */
const MISSES = 2;

/** What statements fail with; `isOutage` in failures.ts recognizes the code. */
function absence(): Error {
  return Object.assign(new Error("the database does not respond"), { code: "ETIMEDOUT" });
}

export class Breaker {
  readonly #url: string;
  readonly #waiting = new Set<(error: Error) => void>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #answers = 0;
  #misses = 0;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** Starts to ask. */
  start(): void {
    this.#timer = setTimeout(() => void this.#ask(), INTERVAL).unref();
  }

  async stop(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#disconnect();
  }

  get isAway(): boolean {
    return this.#misses >= MISSES;
  }

  /** A statement was answered. */
  answered(): void {
    this.#answers += 1;
  }

  /** The result of the work, or an outage as soon as the server is away; the work itself is not stopped by that. */
  async unlessAway<T>(start: () => Promise<T>): Promise<T> {
    if (this.isAway) throw absence();
    const { promise, reject } = Promise.withResolvers<never>();
    this.#waiting.add(reject);
    try {
      return await Promise.race([start(), promise]);
    } finally {
      this.#waiting.delete(reject);
    }
  }

  async #ask(): Promise<void> {
    const answersBefore = this.#answers;
    const hasAnswered = await this.#query();
    if (this.#closed) return;
    if (hasAnswered || this.#answers > answersBefore) this.#misses = 0;
    else this.#misses += 1;
    if (this.isAway) for (const reject of this.#waiting) reject(absence());
    this.start();
  }

  async #query(): Promise<boolean> {
    try {
      this.#client ??= await this.#connect();
      await this.#client.query("SELECT 1");
      return true;
    } catch {
      await this.#disconnect();
      return false;
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: ANSWER_WITHIN,
      query_timeout: ANSWER_WITHIN,
      application_name: "wppconnect",
    });
    // Without a listener the loss of an idle connection would end the process.
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  async #disconnect(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A server that does not respond does not answer the goodbye either.
    if (client !== undefined) void client.end().catch(() => undefined);
  }
}
