/**
 * The end of a tenant, in steps that are each a transaction of their own: in one, a large tenant would go past the bound of a
 * statement every time, and hold up every writer until then. The tenant's own row goes last, so what was cut short is asked
 * for once more and goes on where it was.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../../contracts/errors.ts";
import type { Database, Sql } from "../../db/database.ts";
import {
  deleteTenant,
  deleteTenantRows,
  isAtRest,
  LARGE_TABLES,
  listTenantSessionIds,
} from "../../db/statements/identity/delete-tenant.ts";

const AT_ONCE = 5_000;

export interface Removal {
  readonly database: Database;
  /** Where the media and the profiles lie. */
  readonly dataDir: string;
  readonly tenantId: string;
  /** Done in the transaction in which the tenant itself goes. */
  readonly record: (sql: Sql) => Promise<void>;
  /** Rows deleted in one step. */
  readonly atOnce?: number;
}

/** A step; the problem `conflict` when the tenant is in use, also when it came to be so since the step before. */
async function step<T>({ database, tenantId }: Removal, work: (sql: Sql) => Promise<T>): Promise<T> {
  return database.transaction(async (sql) => {
    if (!(await isAtRest(sql, tenantId)))
      throw new Problem(
        "conflict",
        "the tenant is not suspended, or sessions of it are still running; stop them first",
      );
    return work(sql);
  });
}

/** Linked devices' keys and media. Before the tenant's row: while that is there, nobody has forgotten that they have to go. */
async function removeFiles(dataDir: string, tenantId: string, sessionIds: readonly string[]): Promise<void> {
  for (const id of sessionIds) await rm(join(dataDir, "profiles", id), { recursive: true, force: true });
  await rm(join(dataDir, "media", tenantId), { recursive: true, force: true });
}

/** Deletes a suspended tenant with everything that belongs to it, but the audit trail. */
export async function removeTenant(removal: Removal): Promise<void> {
  const { database, dataDir, tenantId, record, atOnce = AT_ONCE } = removal;
  for (const table of LARGE_TABLES) {
    let deleted = atOnce;
    while (deleted === atOnce) deleted = await step(removal, (sql) => deleteTenantRows(sql, table, tenantId, atOnce));
  }
  await removeFiles(dataDir, tenantId, await listTenantSessionIds(database, tenantId));
  await step(removal, async (sql) => {
    await deleteTenant(sql, tenantId);
    await record(sql);
  });
}
