/**
 * Deletes a tenant in steps, each in its own transaction: in a single one, a large tenant would always exceed the
 * statement timeout, and block every writer until then. The tenant's own row goes last, so an interrupted deletion is
 * resumed by requesting it again.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../../contracts/errors.ts";
import type { Database, Sql } from "../../db/database.ts";
import {
  deleteTenant,
  deleteTenantRows,
  isIdle,
  LARGE_TABLES,
  listTenantSessionIds,
} from "../../db/statements/identity/delete-tenant.ts";

const BATCH = 5_000;

export interface Removal {
  readonly database: Database;
  /** Holds media and profiles. */
  readonly dataDir: string;
  readonly tenantId: string;
  /** Runs in the transaction that deletes the tenant's own row. */
  readonly record: (sql: Sql) => Promise<void>;
  /** Rows deleted per step. */
  readonly batch?: number;
}

/** Runs one step. Throws the problem `conflict` when the tenant is in use, or has been reactivated meanwhile. */
async function step<T>({ database, tenantId }: Removal, work: (sql: Sql) => Promise<T>): Promise<T> {
  return database.transaction(async (sql) => {
    if (!(await isIdle(sql, tenantId)))
      throw new Problem(
        "conflict",
        "the tenant is not suspended, or some of its sessions are still running; stop them first",
      );
    return work(sql);
  });
}

/** Deletes media and the keys of linked devices. The tenant's row still exists, so a failure here can be repeated. */
async function removeFiles(dataDir: string, tenantId: string, sessionIds: readonly string[]): Promise<void> {
  for (const id of sessionIds) await rm(join(dataDir, "profiles", id), { recursive: true, force: true });
  await rm(join(dataDir, "media", tenantId), { recursive: true, force: true });
}

/** Deletes a suspended tenant and everything that belongs to it except the audit trail. */
export async function removeTenant(removal: Removal): Promise<void> {
  const { database, dataDir, tenantId, record, batch = BATCH } = removal;
  for (const table of LARGE_TABLES) {
    let deleted = batch;
    while (deleted === batch) deleted = await step(removal, (sql) => deleteTenantRows(sql, table, tenantId, batch));
  }
  await removeFiles(dataDir, tenantId, await listTenantSessionIds(database, tenantId));
  await step(removal, async (sql) => {
    await deleteTenant(sql, tenantId);
    await record(sql);
  });
}
