/**
 * Watches the PostgreSQL servers over connections of its own: which of them to use, and whether it responds. Statements
 * fail at once while none does, instead of each waiting for its own timeout. The server counts as away after two
 * questions without an answer, unless any statement was answered meanwhile: a busy server is not an absent one. When
 * another server was promoted, connections to the former primary are not used any more.
 */
import { hostUrls } from "../contracts/postgres-url.ts";
import { chooseServer, HostProbe, type ServerRole, type Use } from "./postgres-hosts.ts";

/** ms between two questions. After an unanswered one the next follows at once. */
const INTERVAL = 200;
/** ms that an answer may take. A request under way is refused within 1 s: after one interval and all misses. */
const ANSWER_WITHIN = 325;
/** Unanswered questions in a row after which the server is away. */
const MISSES = 2;

/** What statements fail with; `isOutage` in failures.ts recognizes the code. */
function absence(): Error {
  return Object.assign(new Error("the database does not respond"), { code: "ETIMEDOUT" });
}

export interface CurrentServer {
  readonly url: string;
  /** Counts the servers that this process has used. A connection to an earlier one must not be used. */
  readonly generation: number;
}

export interface BreakerOptions {
  /** All servers. */
  readonly url: string;
  readonly use: Use;
  /** The URL of the server that was found to begin with. */
  readonly current: string;
  /** Called when another server has to be used from now on. */
  readonly onSwitch: () => void;
  /** Called when the answers to statements under way must not be waited for any more. */
  readonly onLost: (error: Error) => void;
}

export class Breaker {
  readonly #use: Use;
  readonly #probes: readonly HostProbe[];
  readonly #waiting = new Set<(error: Error) => void>();
  readonly #onSwitch: () => void;
  readonly #onLost: (error: Error) => void;
  #current: CurrentServer;
  #timeline: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #answers = 0;
  #misses = 0;
  #closed = false;

  constructor({ url, use, current, onSwitch, onLost }: BreakerOptions) {
    this.#use = use;
    this.#probes = hostUrls(url).map((each) => new HostProbe(each, ANSWER_WITHIN));
    this.#current = { url: current, generation: 0 };
    this.#onSwitch = onSwitch;
    this.#onLost = onLost;
  }

  /** Starts to ask. */
  start(): void {
    const isMissing = this.#misses > 0 && !this.isAway;
    this.#timer = setTimeout(() => void this.#ask(), isMissing ? 0 : INTERVAL).unref();
  }

  stop(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const probe of this.#probes) probe.close();
  }

  get isAway(): boolean {
    return this.#misses >= MISSES;
  }

  get current(): CurrentServer {
    return this.#current;
  }

  /** A statement was answered over a connection of this generation. */
  answered(generation: number): void {
    if (generation === this.#current.generation) this.#answers += 1;
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
    const servers = await Promise.all(
      this.#probes.map(async (probe) => ({ url: probe.url, role: await probe.ask().catch(() => null) })),
    );
    if (this.#closed) return;
    const chosen = chooseServer(servers, this.#use);
    const former = servers.find(({ url }) => url === this.#current.url)?.role ?? null;
    if (chosen !== null) {
      this.#misses = 0;
      this.#follow(chosen.url, chosen.role!);
    } else if (former !== null) {
      // It was demoted, and what it answers does not count.
      this.#misses = MISSES;
    } else if (this.#answers > answersBefore) this.#misses = 0;
    else this.#misses += 1;
    if (this.isAway) this.#failWaiting();
    this.start();
  }

  /** A higher timeline behind the same address is another server, too. */
  #follow(url: string, { timeline }: ServerRole): void {
    const wasPromoted = this.#timeline !== null && timeline !== this.#timeline;
    this.#timeline = timeline;
    if (url === this.#current.url && !(wasPromoted && this.#use === "primary")) return;
    this.#current = { url, generation: this.#current.generation + 1 };
    this.#failWaiting();
    this.#onSwitch();
  }

  #failWaiting(): void {
    for (const reject of this.#waiting) reject(absence());
    this.#onLost(absence());
  }
}
