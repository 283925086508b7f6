/** Which of the PostgreSQL servers of a URL to use: asked of each server, and asked again, as it changes. */
import pg from "pg";
import { within } from "../concurrency/deadline.ts";
import { hostUrls } from "../contracts/postgres-url.ts";

/** What a server says about itself. */
export interface ServerRole {
  /** False for a standby, which only takes reads. */
  readonly isPrimary: boolean;
  /** Rises with each promotion; null on a standby. The server with the higher one has taken over from the other. */
  readonly timeline: number | null;
}

/** In recovery the functions of the current position are not available. */
const ROLE = `SELECT NOT pg_is_in_recovery() AS "isPrimary", CASE WHEN pg_is_in_recovery() THEN NULL
  ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int END AS timeline`;

/** ms for a connection to a server that does not respond, before another one is tried. */
const CONNECT_WITHIN = 10_000;

/** Asks one server for its role, again and again over one connection. */
export class HostProbe {
  readonly url: string;
  readonly #answerWithin: number;
  #client: pg.Client | undefined;
  #connecting: Promise<pg.Client> | undefined;
  #isClosed = false;

  /** `answerWithin`: ms for each answer. */
  constructor(url: string, answerWithin: number) {
    this.url = url;
    this.#answerWithin = answerWithin;
  }

  /** Throws when the server does not answer. */
  async ask(): Promise<ServerRole> {
    const late = () => new Error("the server does not respond");
    this.#client ??= await within(this.#connect(), this.#answerWithin, late);
    try {
      const { rows } = await this.#client.query<ServerRole>(ROLE);
      return rows[0]!;
    } catch (error) {
      this.#drop();
      throw error;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#drop();
  }

  /** A server that does not respond does not answer the goodbye either. */
  #drop(): void {
    const client = this.#client;
    this.#client = undefined;
    void client?.end().catch(() => undefined);
  }

  /**
   * The attempt that is under way goes on from question to question: a server that hangs for minutes would have
   * thousands of them to answer when it comes back.
   */
  #connect(): Promise<pg.Client> {
    this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_WITHIN,
      query_timeout: this.#answerWithin,
      application_name: "wppconnect",
    });
    // Without a listener the loss of an idle connection would end the process.
    client.on("error", () => undefined);
    await client.connect();
    this.#client = client;
    if (this.#isClosed) this.#drop();
    return client;
  }
}

/** A server, and its answer; null for none. */
export interface AskedServer {
  readonly url: string;
  readonly role: ServerRole | null;
}

/** What a connection is for: `primary` takes writes; `replica` only reads, from a standby if one answers. */
export type Use = "primary" | "replica";

/** The server that took over last among those that take writes; or the first that serves reads. */
export function chooseServer(servers: readonly AskedServer[], use: Use): AskedServer | null {
  const answered = servers.filter(({ role }) => role !== null);
  if (use === "replica") return answered.find(({ role }) => role?.isPrimary === false) ?? answered[0] ?? null;
  return answered.reduce<AskedServer | null>((best, server) => {
    if (server.role?.isPrimary !== true) return best;
    return best === null || (server.role.timeline ?? 0) > (best.role?.timeline ?? 0) ? server : best;
  }, null);
}

/** Why none of the servers of a URL can be written to. */
export class NoPrimaryError extends Error {
  override readonly name = "NoPrimaryError";
  readonly code = "25006";
}

/** The URL of the server to use. Throws the error of the last server when none answers. */
export async function findServer(url: string, use: Use, answerWithin: number): Promise<string> {
  const urls = hostUrls(url);
  let failure: unknown = new NoPrimaryError("none of the database servers takes writes: all of them are standbys");
  const servers = await Promise.all(
    urls.map(async (each) => {
      const probe = new HostProbe(each, answerWithin);
      const role = await probe.ask().catch((error: unknown) => {
        failure = error;
        return null;
      });
      probe.close();
      return { url: each, role };
    }),
  );
  const chosen = chooseServer(servers, use);
  if (chosen === null) throw failure;
  return chosen.url;
}
