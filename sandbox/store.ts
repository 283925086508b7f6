/**
 * The switchboard's database and its commit group: works that arrive in one turn of the event loop share one transaction
 * and what they have to tell (answers, events) is told only after the commit. So whatever a device was told outlives the
 * process. It is not fsynced: a pretend network need not survive the loss of power, and must not slow down what it tests.
 */
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Changes } from "./changes.ts";
import { SCHEMA, SCHEMA_VERSION } from "./schema.ts";

type Parameters = SQLInputValue[];
type Effect = () => void;

interface Work {
  /** Runs inside the transaction; a throw undoes this work only. */
  readonly run: () => void;
  readonly fail: (error: unknown) => void;
}

/** How many works share one transaction at most; more would let the first wait long for the last. */
const GROUP_LIMIT = 256;

export class Store {
  /** Told after each commit group that changed something. */
  readonly changes = new Changes();
  readonly #db: DatabaseSync;
  readonly #begin: () => number;
  readonly #commit: () => number;
  readonly #savepoint: () => number;
  readonly #release: () => number;
  readonly #totalChanges: () => { total: number } | undefined;
  #changesBefore = 0;
  #waiting: Work[] = [];
  #effects: Effect[] = [];
  #scheduled: NodeJS.Immediate | null = null;
  readonly #onError: (error: unknown) => void;
  #closed = false;

  /** `onError` hears of work that nobody waits for. */
  constructor(dataDir: string, onError: (error: unknown) => void) {
    this.#onError = onError;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const path = join(dataDir, "sandbox.db");
    const isNew = !existsSync(path);
    this.#db = new DatabaseSync(path, { timeout: 2000, enableForeignKeyConstraints: true });
    try {
      this.#prepareFile(path, isNew);
      this.#totalChanges = this.one("SELECT total_changes() AS total");
      this.#begin = this.run("BEGIN IMMEDIATE");
      this.#commit = this.run("COMMIT");
      this.#savepoint = this.run("SAVEPOINT work");
      this.#release = this.run("RELEASE work");
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** The lock is exclusive because two switchboards on one file would each believe to hold all connections. */
  #prepareFile(path: string, isNew: boolean): void {
    try {
      this.#db.exec(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; BEGIN EXCLUSIVE; COMMIT",
      );
    } catch (error) {
      throw new Error(`${path} cannot be opened; is another process using this data directory?`, { cause: error });
    }
    if (isNew) chmodSync(path, 0o600);
    const version = this.one<{ user_version: number }>("PRAGMA user_version")()?.user_version;
    if (version === 0) this.#db.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
    else if (version !== SCHEMA_VERSION)
      throw new Error(
        `${path} was made by another version of the sandbox (${version}); delete it, it holds test data only`,
      );
  }

  /** Prepares a query that gives its first row. `Row` is taken on trust: the statement stands beside it. */
  one<Row>(sql: string): (...parameters: Parameters) => Row | undefined {
    const statement = this.#db.prepare(sql);
    return (...parameters) => statement.get(...parameters) as Row | undefined;
  }

  /** Prepares a query that gives its rows. */
  all<Row>(sql: string): (...parameters: Parameters) => Row[] {
    const statement = this.#db.prepare(sql);
    return (...parameters) => statement.all(...parameters) as Row[];
  }

  /** Prepares a statement that gives the number of rows it changed. */
  run(sql: string): (...parameters: Parameters) => number {
    const statement = this.#db.prepare(sql);
    return (...parameters) => Number(statement.run(...parameters).changes);
  }

  /** Runs the work in the next commit group, in order of arrival; resolves once it is on disk. Reads go this way too, so that they see what came before them. */
  write<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error("the sandbox is closed"));
      const run = (): void => {
        const result = work();
        this.afterCommit(() => resolve(result));
      };
      this.#waiting.push({ run, fail: reject });
      this.#scheduled ??= setImmediate(() => this.#flush());
    });
  }

  /** As `write`, for work that nobody waits for; its failure goes to `onError`. After closing it does nothing. */
  background(work: () => void): void {
    if (!this.#closed) this.write(work).catch(this.#onError);
  }

  /** Called inside a work: runs `effect` after the commit, and never when the work is undone. Effects must not throw. */
  afterCommit(effect: Effect): void {
    this.#effects.push(effect);
  }

  #flush(): void {
    if (this.#scheduled !== null) clearImmediate(this.#scheduled);
    this.#scheduled = null;
    const group = this.#waiting.splice(0, GROUP_LIMIT);
    try {
      this.#begin();
      for (const work of group) this.#runOne(work);
      this.#commit();
    } catch (error) {
      this.#effects = [];
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      for (const work of group) work.fail(error);
    }
    const effects = this.#effects;
    this.#effects = [];
    for (const effect of effects) effect();
    const changes = this.#totalChanges()?.total ?? 0;
    if (changes !== this.#changesBefore) this.changes.notify();
    this.#changesBefore = changes;
    if (this.#waiting.length > 0) this.#scheduled ??= setImmediate(() => this.#flush());
  }

  #runOne(work: Work): void {
    const before = this.#effects.length;
    this.#savepoint();
    try {
      work.run();
    } catch (error) {
      this.#db.exec("ROLLBACK TO work");
      this.#effects.length = before;
      this.afterCommit(() => work.fail(error));
    }
    this.#release();
  }

  /** Commits what waits and closes the file. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#waiting.length > 0) this.#flush();
    this.#db.close();
  }
}
