import type { Database } from "./database.ts";

export interface PoolUse {
  /** Connections in use. */
  readonly used: number;
  /** Callers waiting for a connection. */
  readonly waiting: number;
}

/** The use of this process's connection pool; null on SQLite, which has none. */
export function poolUseOf(database: Database): PoolUse | null {
  if (database.dialect === "sqlite") return null;
  // Sequelize's types omit its pool.
  const { pool } = database.sequelize.connectionManager as unknown as {
    pool: { readonly using: number; readonly waiting: number };
  };
  return { used: pool.using, waiting: pool.waiting };
}
