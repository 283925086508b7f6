/** A node keeps its lease when a single renewal hangs, and loses it when the database stays away. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Lease } from "../../actors/lease.ts";
import { openDatabase, type Database } from "../../db/database.ts";
import { migrate } from "../../db/migrations.ts";
import { databaseEnvironment, isOnPostgres } from "../harness/database.ts";
import { makeFaulty, type FaultyDatabase } from "../harness/faulty-database.ts";
import { nodeFacts } from "../harness/session-rows.ts";
import { until } from "../harness/system.ts";

const TIMES = { ttl: 30_000, renew: 100, answer: 80, fence: 900 };

let dataDir: string;
let database: Database;
let faulty: FaultyDatabase;
let lease: Lease;
let lost: string[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-lease-"));
  database = await openDatabase({ url: (await databaseEnvironment(dataDir))["WPP_DATABASE_URL"] ?? null, dataDir });
  await migrate(database);
  faulty = makeFaulty(database);
  lost = [];
  lease = new Lease({
    database: faulty,
    facts: nodeFacts("n"),
    hostId: "h",
    load: () => ({ load: 0, sessions: 0, starting: 0 }),
    log: () => {},
    times: TIMES,
    onLost: (reason) => lost.push(reason),
  });
  await lease.start();
});

afterEach(async () => {
  faulty.fault = () => undefined;
  await lease.stop();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

const isRenewal = (text: string) => text.startsWith("UPDATE nodes SET lease_until");

test("a renewal that never completes does not stop later renewals", async () => {
  let renewals = 0;
  faulty.fault = (text) => {
    if (!isRenewal(text)) return undefined;
    renewals += 1;
    return renewals === 1 ? "never" : undefined;
  };
  const begun = performance.now();
  await until(() => performance.now() - begun > TIMES.fence && renewals > 5);
  expect(lost).toEqual([]);
  expect(lease.holds).toBe(true);
});

(isOnPostgres ? describe : describe.skip)("on PostgreSQL", () => {
  test("a database that stops responding ends the lease before its time to live", async () => {
    const begun = performance.now();
    faulty.fault = () => "never";
    await until(() => lost.length > 0);
    expect(performance.now() - begun).toBeLessThan(TIMES.ttl);
    expect(lease.holds).toBe(false);
  });

  test("an expired lease is given up", async () => {
    await database.run("UPDATE nodes SET lease_until = 1");
    await until(() => lost.length > 0);
    expect(lost).toEqual(["the lease has expired in the database"]);
  });
});

(isOnPostgres ? describe.skip : describe)("on SQLite", () => {
  test("a file that cannot be written for some time does not end the lease", async () => {
    const begun = performance.now();
    let refused = 0;
    faulty.fault = () => {
      refused += 1;
      return "before";
    };
    await until(() => performance.now() - begun > TIMES.fence && refused > 5);
    expect(lost).toEqual([]);
    expect(lease.holds).toBe(true);
  });

  test("a lease that expired while the machine slept is renewed", async () => {
    await database.run("UPDATE nodes SET lease_until = 1");
    await until(async () => (await database.all("SELECT 1 FROM nodes WHERE lease_until > 1")).length === 1);
    expect(lost).toEqual([]);
    expect(lease.holds).toBe(true);
  });
});

test("a lease that another node has declared dead is given up immediately", async () => {
  await database.run("UPDATE nodes SET status = 'dead'");
  await until(() => lost.length > 0);
  expect(lost).toEqual(["the lease has expired in the database"]);
});
