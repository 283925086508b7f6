/**
 * The driver module for Sequelize's SQLite dialect: the few calls of `sqlite3` that it makes, implemented on
 * `node:sqlite`. That driver is synchronous, so a writer waiting for a lock held by another handle of the same
 * process would block the event loop forever. Writers therefore queue here, one queue per file, in the order of their
 * requests.
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { StatementCache, toValue, type Value } from "./sqlite-statements.ts";

type Bindings = Record<string, Value>;
type Callback = (this: Statement, error: Error | null, rows?: unknown[]) => void;

/** Sequelize recognizes the outcome of a write by this class's name. */
class Statement {
  lastID = 0;
  changes = 0;
}

/** First come, first served; `acquire` resolves with the function that releases the lock. */
class WriteLock {
  #tail: Promise<void> = Promise.resolve();

  acquire(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const turn = this.#tail.then(() => resolve);
    this.#tail = this.#tail.then(() => promise);
    return turn;
  }
}

const locks = new Map<string, WriteLock>();

/** The lock that every writer of the file acquires: Sequelize and the named statements. */
export function writeLockOf(path: string): WriteLock {
  const lock = locks.get(path) ?? new WriteLock();
  locks.set(path, lock);
  return lock;
}

/** Opens a handle with the settings common to all handles of this system. */
export function openHandle(path: string): DatabaseSync {
  const handle = new DatabaseSync(path, { timeout: 5_000 });
  // SQLite's own `lower` folds ASCII letters only.
  handle.function("lower", { deterministic: true }, (text) => (typeof text === "string" ? text.toLowerCase() : text));
  handle.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;");
  return handle;
}

/**
 * Adds the code by which Sequelize recognizes an error. Checked by shape, because errors may come from another realm.
 */
function toSqliteError(error: unknown): Error {
  if (typeof error !== "object" || error === null) return new Error(String(error));
  const name = {
    5: "SQLITE_BUSY",
    19: "SQLITE_CONSTRAINT",
    787: "SQLITE_CONSTRAINT_FOREIGNKEY",
    1555: "SQLITE_CONSTRAINT_PRIMARYKEY",
    2067: "SQLITE_CONSTRAINT_UNIQUE",
  }["errcode" in error ? Number(error.errcode) : 0];
  return Object.assign(error as Error, { code: name ?? "SQLITE_ERROR" });
}

function toBindings(parameters: unknown): Bindings {
  const bindings: Bindings = {};
  const entries = Array.isArray(parameters)
    ? parameters.map((value, index) => [`$${index + 1}`, value] as const)
    : Object.entries(parameters ?? {});
  for (const [name, value] of entries) bindings[name] = toValue(value);
  return bindings;
}

const READS = /^\s*(?:SELECT|EXPLAIN|PRAGMA\s+\w+\s*(?:\(|;?\s*$))/i;

/** A handle as Sequelize uses it. With a lock, each statement or transaction that writes waits for it. */
export class Connection {
  readonly #handle: DatabaseSync;
  readonly #lock: WriteLock | null;
  readonly #statements: StatementCache<StatementSync>;
  #release: (() => void) | undefined;

  constructor(handle: DatabaseSync, lock: WriteLock | null) {
    this.#handle = handle;
    this.#lock = lock;
    this.#statements = new StatementCache((text) => this.#prepare(text));
  }

  serialize(run: () => void): void {
    run();
  }

  run(sql: string, parameters?: unknown, done?: Callback): void {
    void this.#execute(sql, parameters, done, false);
  }

  all(sql: string, parameters?: unknown, done?: Callback): void {
    const callback = typeof parameters === "function" ? (parameters as Callback) : done;
    void this.#execute(sql, typeof parameters === "function" ? [] : parameters, callback, true);
  }

  exec(sql: string, done?: Callback): void {
    void this.#execute(sql, [], done, false);
  }

  close(done?: (error: Error | null) => void): void {
    this.#release?.();
    this.#release = undefined;
    if (this.#handle.isOpen) this.#handle.close();
    done?.(null);
  }

  async #execute(sql: string, parameters: unknown, done: Callback | undefined, wantsRows: boolean): Promise<void> {
    const outcome = new Statement();
    let failure: Error | null = null;
    let rows: unknown[] = [];
    const begins = /^\s*BEGIN/i.test(sql);
    const needsLock = this.#lock !== null && this.#release === undefined && !READS.test(sql);
    const release = needsLock ? await this.#lock.acquire() : undefined;
    try {
      rows = this.#runNow(sql, parameters, outcome, wantsRows);
    } catch (error) {
      failure = toSqliteError(error);
    }
    if (begins && failure === null) this.#release = release;
    else release?.();
    if (/^\s*(?:COMMIT|ROLLBACK)\s*;?\s*$/i.test(sql)) {
      this.#release?.();
      this.#release = undefined;
    }
    done?.call(outcome, failure, rows);
  }

  #prepare(text: string): StatementSync {
    const statement = this.#handle.prepare(text);
    statement.setAllowUnknownNamedParameters(true);
    return statement;
  }

  #runNow(sql: string, parameters: unknown, outcome: Statement, wantsRows: boolean): unknown[] {
    const statement = this.#statements.get(sql);
    if (wantsRows) return statement.all(toBindings(parameters));
    const { lastInsertRowid, changes } = statement.run(toBindings(parameters));
    outcome.lastID = Number(lastInsertRowid);
    outcome.changes = Number(changes);
    return [];
  }
}

/**
 * The class that Sequelize opens: one handle, with transactions under the file's write lock.
 * @public
 */
export class Database extends Connection {
  readonly filename: string;
  uuid: string | undefined;

  constructor(path: string, _mode: number, opened: (error: Error | null) => void) {
    super(openHandle(path), writeLockOf(path));
    this.filename = path;
    queueMicrotask(() => opened(null));
  }
}

/** @public Sequelize reads these two. */
export const OPEN_READWRITE = 2;
/** @public */
export const OPEN_CREATE = 4;
