import type { Database } from "./database.ts";

export interface PoolUse {
  /** Connections in use. */
  readonly used: number;
  /** Work that waits for one. */
  readonly waiting: number;
}

/** How the pool of this process is used; null on SQLite, which has none. */
export function poolUseOf(database: Database): PoolUse | null {
  if (database.dialect === "sqlite") return null;
  // Sequelize's types leave its pool out.
  const { pool } = database.sequelize.connectionManager as unknown as {
    pool: { readonly using: number; readonly waiting: number };
  };
  return { used: pool.using, waiting: pool.waiting };
}
