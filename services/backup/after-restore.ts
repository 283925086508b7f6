/**
 * Resets the runtime state of a database that was restored by other means (pg_restore, a copy of the SQLite file).
 * Its rows still claim that sessions run and users are signed in, and a system started on them would repeat messages
 * that it sent after the backup. Our own restore does the same.
 */
import { ConfigError, type Config } from "../../contracts/config.ts";
import { openDatabase, type Sql } from "../../db/database.ts";
import { migrate } from "../../db/migrations.ts";
import {
  countLiveNodes,
  countWaiting,
  listTenantIds,
  resetRuntimeState,
} from "../../db/statements/backup/restore-rows.ts";
import { raiseCounters, readCounters } from "../../db/statements/backup/table-counters.ts";
import { openLive, locationOf, type DatabaseLocation } from "./scratch-database.ts";
import { COUNTER_MARGIN } from "./replace-live-data.ts";

/** Throws ConfigError when a process runs sessions on this database. */
export async function requireStopped(sql: Sql): Promise<void> {
  const nodes = await countLiveNodes(sql);
  if (nodes > 0)
    throw new ConfigError(`${nodes} processes of the system are running on this database; stop them first`);
}

async function resetDatabase(location: DatabaseLocation): Promise<number> {
  const live = await openLive(location);
  try {
    return await live.transaction(async (sql) => {
      await requireStopped(sql);
      if ((await listTenantIds(sql)).length === 0)
        throw new ConfigError("The database is empty; restore its rows first");
      await resetRuntimeState(sql, COUNTER_MARGIN);
      await raiseCounters(
        sql,
        Object.fromEntries(
          Object.entries(await readCounters(sql)).map(([table, value]) => [table, value + COUNTER_MARGIN]),
        ),
      );
      return countWaiting(sql);
    });
  } finally {
    await live.close();
  }
}

/**
 * Resets the configured database and returns the number of messages waiting to be sent. Throws ConfigError, whose
 * message is for the operator.
 */
export async function prepareAfterRestore(config: Config): Promise<number> {
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    await migrate(database);
    return await resetDatabase(locationOf(database, config.databaseUrl));
  } finally {
    await database.close();
  }
}
