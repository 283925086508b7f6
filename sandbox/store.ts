/**
 * The simulated server's database, with group commit: tasks that arrive in one turn of the event loop share a
 * transaction, and their effects (answers, events) run only after the commit. Everything that was sent to a device
 * therefore survives the end of the process. Commits are not fsynced: a simulated network need not survive a loss of
 * power, and must not slow down the system that it tests.
 */
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Changes } from "./changes.ts";
import { SCHEMA, SCHEMA_VERSION, UPGRADES } from "./schema.ts";

type Parameters = SQLInputValue[];
type Effect = () => void;

interface Task {
  /** Runs inside the transaction; an exception rolls back this task only. */
  readonly run: () => void;
  readonly fail: (error: unknown) => void;
}

/** The most tasks that share a transaction; with more, the first would wait long for the last. */
const GROUP_LIMIT = 256;

export class Store {
  /** Notified after each transaction that changed something. */
  readonly changes = new Changes();
  readonly #db: DatabaseSync;
  readonly #begin: () => number;
  readonly #commit: () => number;
  readonly #savepoint: () => number;
  readonly #release: () => number;
  readonly #totalChanges: () => { total: number } | undefined;
  #changesBefore = 0;
  #waiting: Task[] = [];
  #effects: Effect[] = [];
  #scheduled: NodeJS.Immediate | null = null;
  readonly #onError: (error: unknown) => void;
  #closed = false;

  /** `onError` receives the errors of background tasks. */
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
      this.#savepoint = this.run("SAVEPOINT task");
      this.#release = this.run("RELEASE task");
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** The lock is exclusive: of two servers on one file, each would assume that it has all the connections. */
  #prepareFile(path: string, isNew: boolean): void {
    try {
      this.#db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
        PRAGMA cache_size = -16000; BEGIN EXCLUSIVE; COMMIT`);
    } catch (error) {
      throw new Error(`${path} cannot be opened; is another process using this data directory?`, { cause: error });
    }
    if (isNew) chmodSync(path, 0o600);
    const version = this.one<{ user_version: number }>("PRAGMA user_version")()?.user_version ?? 0;
    const statements = version === 0 ? SCHEMA : UPGRADES[version];
    if (statements !== undefined) this.#db.exec(`BEGIN; ${statements} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
    else if (version !== SCHEMA_VERSION)
      throw new Error(
        `${path} was created by another version of the sandbox (${version}); delete it: it holds only test data`,
      );
  }

  /** Prepares a query that returns its first row. `Row` is not checked against the statement. */
  one<Row>(sql: string): (...parameters: Parameters) => Row | undefined {
    const statement = this.#db.prepare(sql);
    return (...parameters) => statement.get(...parameters) as Row | undefined;
  }

  /** Prepares a query that returns all its rows. */
  all<Row>(sql: string): (...parameters: Parameters) => Row[] {
    const statement = this.#db.prepare(sql);
    return (...parameters) => statement.all(...parameters) as Row[];
  }

  /** Prepares a statement that returns the number of rows it changed. */
  run(sql: string): (...parameters: Parameters) => number {
    const statement = this.#db.prepare(sql);
    return (...parameters) => Number(statement.run(...parameters).changes);
  }

  /**
   * Runs the task in the next transaction, in order of arrival; resolves once it is committed. Reads use it too, so
   * that they see all earlier writes.
   */
  write<T>(task: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error("the sandbox is closed"));
      const run = (): void => {
        const result = task();
        this.afterCommit(() => resolve(result));
      };
      this.#waiting.push({ run, fail: reject });
      this.#scheduled ??= setImmediate(() => this.#flush());
    });
  }

  /** Like `write`, for tasks without a caller: errors go to `onError`. Does nothing after the store has been closed. */
  background(task: () => void): void {
    if (!this.#closed) this.write(task).catch(this.#onError);
  }

  /** Must be called inside a task. Runs `effect` after the commit, unless the task fails. Effects must not throw. */
  afterCommit(effect: Effect): void {
    this.#effects.push(effect);
  }

  #flush(): void {
    if (this.#scheduled !== null) clearImmediate(this.#scheduled);
    this.#scheduled = null;
    const group = this.#waiting.splice(0, GROUP_LIMIT);
    try {
      this.#begin();
      for (const task of group) this.#runOne(task);
      this.#commit();
    } catch (error) {
      this.#effects = [];
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      for (const task of group) task.fail(error);
    }
    const effects = this.#effects;
    this.#effects = [];
    for (const effect of effects) effect();
    const changes = this.#totalChanges()?.total ?? 0;
    if (changes !== this.#changesBefore) this.changes.notify();
    this.#changesBefore = changes;
    if (this.#waiting.length > 0) this.#scheduled ??= setImmediate(() => this.#flush());
  }

  #runOne(task: Task): void {
    const before = this.#effects.length;
    this.#savepoint();
    try {
      task.run();
    } catch (error) {
      this.#db.exec("ROLLBACK TO task");
      this.#effects.length = before;
      this.afterCommit(() => task.fail(error));
    }
    this.#release();
  }

  /** Commits pending tasks and closes the file. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#waiting.length > 0) this.#flush();
    this.#db.close();
  }
}
