/**
 * The driver module that Sequelize's SQLite dialect is given: the few calls of `sqlite3` that it makes, over Node's own
 * `node:sqlite`. Node's driver is synchronous, so a writer that had to wait for a lock held by another handle of this very
 * process would block the event loop for ever; writers therefore queue here, first come first served, per file.
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { StatementCache, toValue, type Value } from "./sqlite-statements.ts";

type Bindings = Record<string, Value>;
type Callback = (this: Statement, error: Error | null, rows?: unknown[]) => void;

/** Sequelize recognises the outcome of a write by this class's name. */
class Statement {
  lastID = 0;
  changes = 0;
}

/** First come, first served; `acquire` resolves with the function that gives the lock back. */
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

/** The lock that every writer of the file takes, Sequelize's and the named statements' alike. */
export function writeLockOf(path: string): WriteLock {
  const lock = locks.get(path) ?? new WriteLock();
  locks.set(path, lock);
  return lock;
}

/** Opens a handle with the settings that every handle of this system has. */
export function openHandle(path: string): DatabaseSync {
  const handle = new DatabaseSync(path, { timeout: 5_000 });
  // SQLite's own knows the letters of ASCII alone, and a search must find the others too.
  handle.function("lower", { deterministic: true }, (text) => (typeof text === "string" ? text.toLowerCase() : text));
  handle.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;");
  return handle;
}

function toSqliteError(error: unknown): Error {
  const failure = error instanceof Error ? error : new Error(String(error));
  const code = "errcode" in failure ? Number(failure.errcode) : 0;
  const name = {
    5: "SQLITE_BUSY",
    19: "SQLITE_CONSTRAINT",
    787: "SQLITE_CONSTRAINT_FOREIGNKEY",
    1555: "SQLITE_CONSTRAINT_PRIMARYKEY",
    2067: "SQLITE_CONSTRAINT_UNIQUE",
  }[code];
  return Object.assign(failure, { code: name ?? "SQLITE_ERROR" });
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

/**
 * The `Database` class that Sequelize opens: one handle, transactions under the file's write lock.
 * @public
 */
export class Database {
  readonly filename: string;
  uuid: string | undefined;
  readonly #handle: DatabaseSync;
  readonly #statements: StatementCache<StatementSync>;
  #release: (() => void) | undefined;

  constructor(path: string, _mode: number, opened: (error: Error | null) => void) {
    this.filename = path;
    this.#handle = openHandle(path);
    this.#statements = new StatementCache((text) => this.#prepare(text));
    queueMicrotask(() => opened(null));
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
    const release =
      this.#release === undefined && !READS.test(sql) ? await writeLockOf(this.filename).acquire() : undefined;
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

/** @public Sequelize asks for these two. */
export const OPEN_READWRITE = 2;
/** @public */
export const OPEN_CREATE = 4;
