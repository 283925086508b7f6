/** Replaces the live data with a checked scratch database, in one transaction. */
import type { DedicatedConnection } from "../../db/dedicated.ts";
import { Problem } from "../../contracts/errors.ts";
import { migrate } from "../../db/migrations.ts";
import * as rows from "../../db/statements/backup/restore-rows.ts";
import { raiseCounters } from "../../db/statements/backup/table-counters.ts";
import { readTableShapes } from "../../db/statements/backup/table-shapes.ts";
import type { Manifest } from "./archive/records.ts";
import { openLive, openScratch, scratchFile, scratchSchema, type DatabaseLocation } from "./scratch-database.ts";
import { dataTables } from "./tables.ts";

/** Added to counters when the lost database's counters are unknown: more than it can have counted since the backup. */
export const COUNTER_MARGIN = 1_000_000;

export interface ReplaceOptions {
  readonly location: DatabaseLocation;
  /** The id of the backup, and of its scratch database. */
  readonly id: string;
  readonly manifest: Manifest;
  /** True when the live database is new, so that its counters do not continue those of the backup. */
  readonly intoEmpty: boolean;
}

/** The problem of a restore while sessions run. */
export function sessionsRunning(count: number): Problem {
  return new Problem("conflict", `${count} sessions are running or set to run; stop them all first`, {
    facts: { sessions: count },
  });
}

/** Upgrades the scratch database to the current schema and resets the runtime state in its rows. */
async function prepare({ location, id, intoEmpty }: ReplaceOptions): Promise<void> {
  const scratch = await openScratch(location, id);
  try {
    await migrate(scratch);
    await scratch.transaction((sql) => rows.resetRuntimeState(sql, intoEmpty ? COUNTER_MARGIN : 0));
  } finally {
    await scratch.close();
  }
}

/** A live connection that can reach the scratch database, and the schema names of both. */
async function connect({
  location,
  id,
}: ReplaceOptions): Promise<{ live: DedicatedConnection; schemas: rows.Schemas }> {
  const live = await openLive(location);
  try {
    if (location.dialect === "postgres") {
      const [row] = await live.all<{ name: string }>("SELECT current_schema() AS name");
      return { live, schemas: { live: row!.name, scratch: scratchSchema(id) } };
    }
    // References were checked in the scratch database; enforcing them here would only delete rows one by one.
    await live.run("PRAGMA foreign_keys=OFF");
    await live.run("ATTACH DATABASE $1 AS scratch", [scratchFile(location, id)]);
    return { live, schemas: { live: "main", scratch: "scratch" } };
  } catch (error) {
    await live.close();
    throw error;
  }
}

/**
 * Replaces all data; until the commit no other connection sees a change. On SQLite the caller must hold the file's
 * write lock, so that the process's other writers do not block its event loop. Throws `conflict` when sessions
 * are running.
 */
export async function replaceLiveData(options: ReplaceOptions): Promise<void> {
  await prepare(options);
  const { live, schemas } = await connect(options);
  try {
    const tables = dataTables(await readTableShapes(live));
    const { manifest, id, intoEmpty } = options;
    await live.transaction(async (sql) => {
      await rows.lockTables(sql, schemas.live, tables);
      const busy = await rows.countBusySessions(sql);
      if (busy > 0) throw sessionsRunning(busy);
      await rows.keepNewerState(sql, schemas);
      await rows.replaceRows(sql, schemas, tables);
      await raiseCounters(
        sql,
        Object.fromEntries(
          Object.entries(manifest.counters).map(([table, value]) => [table, value + (intoEmpty ? COUNTER_MARGIN : 0)]),
        ),
      );
      await rows.recordRestore(sql, { backup: id, madeAt: manifest.createdAt, restoredAt: new Date().toISOString() });
    });
  } finally {
    await live.close();
  }
}
