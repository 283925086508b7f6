/** A backup whose last commit is uncertain: a finished backup has its file, and a failed one has none. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Id } from "../../../contracts/ids.ts";
import type { Database, Sql } from "../../../db/database.ts";
import { findBackup } from "../../../db/statements/backup/backups.ts";
import { createSecrets } from "../../../mixins/secrets.ts";
import { JobQueue } from "../../../services/backup/job-queue.ts";
import { locationOf } from "../../../services/backup/scratch-database.ts";
import { BackupRunner } from "../../../services/backup/backup-runner.ts";
import { databaseEnvironment } from "../../harness/database.ts";
import { makeFaulty } from "../../harness/faulty-database.ts";
import { cleanUp, makeDataDir } from "../../harness/process.ts";
import { addTenant, openTestDatabase } from "../../harness/session-rows.ts";
import { until } from "../../harness/system.ts";

let dataDir: string;
let folder: string;
let database: Database;
let tenantId: Id<"tenant">;
const logged: string[] = [];

beforeEach(async () => {
  dataDir = makeDataDir();
  folder = join(dataDir, "backups");
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  logged.length = 0;
});
afterEach(async () => {
  await database.close();
  await cleanUp(dataDir);
});

const ENDING = "SET status = 'finished'";

/** The answer to the COMMIT that ends the creation is lost with the connection. */
function losing(real: Database): Database {
  const transaction: Database["transaction"] = async (work) => {
    let isEnding = false;
    const watch = <S extends Sql>(sql: S): S => ({
      ...sql,
      run: (text, parameters) => ((isEnding ||= text.includes(ENDING)), sql.run(text, parameters)),
    });
    const result = await real.transaction((sql) => work(watch(sql)));
    if (isEnding) throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    return result;
  };
  return { ...real, transaction };
}

/** Runs a creation on this database to its end. */
async function createOn(used: Database, verify: boolean): Promise<string> {
  const log = (message: string) => void logged.push(message);
  const queue = new JobQueue({ database: used, announce: () => undefined, logger: { error: log, warn: log } });
  const url = (await databaseEnvironment(dataDir))["WPP_DATABASE_URL"] ?? null;
  const secrets = createSecrets(Buffer.from("a master key with at least 32 characters"));
  const location = locationOf(database, url);
  const runner = new BackupRunner({
    database: used,
    secrets,
    queue,
    location,
    dataDir,
    folder,
    owner: "self",
    freeSpaceFactor: 2,
    onRestored: async () => undefined,
  });
  const id = await runner.create({ tenantId, kind: "installation", origin: "request", media: false, verify });
  // The failure is logged first, then its leftovers are removed.
  await until(() => logged.length > 0, 30_000);
  await queue.stop();
  return id;
}

const read = (id: string) => findBackup(database, { tenantId, installation: true }, id);

test.each([[false], [true]])(
  "when the answer to the last COMMIT is lost, the backup and its file exist (with verification: %s)",
  async (verify) => {
    const id = await createOn(losing(database), verify);
    expect(logged).toEqual(["backup failed"]);
    expect(await read(id)).toMatchObject({
      status: "finished",
      activity: null,
      size: expect.any(Number),
      verified_at: null,
    });
    expect(readdirSync(folder)).toEqual([`${id}.wppbak`]);
  },
);

test("when the outcome cannot be written, the backup has failed and its file is deleted", async () => {
  const faulty = makeFaulty(database);
  faulty.fault = (text) => (text.includes(ENDING) ? "before" : undefined);
  const id = await createOn(faulty, false);
  expect(await read(id)).toMatchObject({ status: "failed", activity: null });
  expect(readdirSync(folder)).toEqual([]);
});
