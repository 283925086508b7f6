/** Puts a checked scratch database in the place of the live one, in one transaction: until it commits nobody sees anything of it. */
import type { DedicatedConnection } from "../../db/dedicated.ts";
import { Problem } from "../../contracts/errors.ts";
import { migrate } from "../../db/migrations.ts";
import * as rows from "../../db/statements/backup/restore-rows.ts";
import { raiseCounters } from "../../db/statements/backup/table-counters.ts";
import { readTableShapes } from "../../db/statements/backup/table-shapes.ts";
import type { Manifest } from "./archive/records.ts";
import { openLive, openScratch, scratchFile, scratchSchema, type Place } from "./scratch.ts";
import { dataTables } from "./tables.ts";

/** How far counters jump when nothing is left of the database that they belonged to: farther than it can have counted since. */
export const LEAP = 1_000_000;

export interface SwapOptions {
  readonly place: Place;
  /** Whose scratch database. */
  readonly id: string;
  readonly manifest: Manifest;
  /** True when the live database is new: what it has counted says nothing. */
  readonly intoEmpty: boolean;
}

/** The problem of a restore while sessions run. */
export function sessionsRunning(count: number): Problem {
  return new Problem("conflict", `${count} sessions run or are wanted to; stop them all first`, {
    facts: { sessions: count },
  });
}

/** Brings the scratch database up to the present schema and makes its rows fit for the present. */
async function prepare({ place, id, intoEmpty }: SwapOptions): Promise<void> {
  const scratch = await openScratch(place, id);
  try {
    await migrate(scratch);
    await scratch.transaction((sql) => rows.settleRestored(sql, intoEmpty ? LEAP : 0));
  } finally {
    await scratch.close();
  }
}

/** The live connection with the scratch database beside it, and both their names. */
async function connect({ place, id }: SwapOptions): Promise<{ live: DedicatedConnection; schemas: rows.Schemas }> {
  const live = await openLive(place);
  try {
    if (place.dialect === "postgres") {
      const [row] = await live.all<{ name: string }>("SELECT current_schema() AS name");
      return { live, schemas: { live: row!.name, scratch: scratchSchema(id) } };
    }
    // References were checked in the scratch database; here they would only have rows deleted one by one.
    await live.run("PRAGMA foreign_keys=OFF");
    await live.run("ATTACH DATABASE $1 AS scratch", [scratchFile(place, id)]);
    return { live, schemas: { live: "main", scratch: "scratch" } };
  } catch (error) {
    await live.close();
    throw error;
  }
}

/**
 * Replaces all data. On SQLite the caller holds the file's write lock, so that the process's other writers wait instead of
 * blocking its event loop. The problem `conflict` when sessions run.
 */
export async function swapIn(options: SwapOptions): Promise<void> {
  await prepare(options);
  const { live, schemas } = await connect(options);
  try {
    const tables = dataTables(await readTableShapes(live));
    const { manifest, id, intoEmpty } = options;
    await live.transaction(async (sql) => {
      await rows.lockTables(sql, schemas.live, tables);
      const busy = await rows.countBusySessions(sql);
      if (busy > 0) throw sessionsRunning(busy);
      await rows.carryOver(sql, schemas);
      await rows.replaceRows(sql, schemas, tables);
      await raiseCounters(
        sql,
        Object.fromEntries(
          Object.entries(manifest.counters).map(([table, value]) => [table, value + (intoEmpty ? LEAP : 0)]),
        ),
      );
      await rows.recordRestore(sql, { backup: id, madeAt: manifest.createdAt, restoredAt: new Date().toISOString() });
    });
  } finally {
    await live.close();
  }
}
