/**
 * What a restore of ours does by itself, for a database that came back by other means (pg_restore, a copy of the SQLite file): its
 * rows say that sessions run and who is signed in, and a system started on them would send again what it had sent since.
 */
import { ConfigError, type Config } from "../../contracts/config.ts";
import { openDatabase, type Sql } from "../../db/database.ts";
import { migrate } from "../../db/migrations.ts";
import {
  countLiveNodes,
  countWaiting,
  listTenantIds,
  settleRestored,
} from "../../db/statements/backup/restore-rows.ts";
import { raiseCounters, readCounters } from "../../db/statements/backup/table-counters.ts";
import { openLive, placeOf, type Place } from "./scratch.ts";
import { LEAP } from "./swap.ts";

/** ConfigError when a process runs sessions on this database. */
export async function requireStopped(sql: Sql): Promise<void> {
  const nodes = await countLiveNodes(sql);
  if (nodes > 0) throw new ConfigError(`${nodes} processes of the system run on this database; stop them first`);
}

async function settle(place: Place): Promise<number> {
  const live = await openLive(place);
  try {
    return await live.transaction(async (sql) => {
      await requireStopped(sql);
      if ((await listTenantIds(sql)).length === 0)
        throw new ConfigError("The database is empty: bring its rows back first");
      await settleRestored(sql, LEAP);
      await raiseCounters(
        sql,
        Object.fromEntries(Object.entries(await readCounters(sql)).map(([table, value]) => [table, value + LEAP])),
      );
      return countWaiting(sql);
    });
  } finally {
    await live.close();
  }
}

/** Makes the configured database fit for the present, and gives how many messages wait in it to be sent. Fails with ConfigError, in words for a person. */
export async function settleOffline(config: Config): Promise<number> {
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    await migrate(database);
    return await settle(placeOf(database, config.databaseUrl));
  } finally {
    await database.close();
  }
}
