/** A draining node reports its sessions at most once a second, and the last report is true whatever failed before. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { DrainProgress } from "../../actors/drain-progress.ts";
import type { Database } from "../../db/database.ts";
import { makeFaulty, type FaultyDatabase } from "../harness/faulty-database.ts";
import { addLogins, addTenant, openTestDatabase } from "../harness/session-rows.ts";

let dataDir: string;
let database: Database;
let faulty: FaultyDatabase;
let drain: DrainProgress;
let now = 0;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-drain-"));
  database = await openTestDatabase(dataDir);
  faulty = makeFaulty(database);
  await addLogins(database, await addTenant(database), 1);
  await database.run("UPDATE users SET platform_admin = 1");
  jest.spyOn(performance, "now").mockImplementation(() => now);
  drain = new DrainProgress({ database: faulty, facts: { nodeId: "n" }, log: () => {}, announce: () => {} });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** The sessions that were reported so far. */
async function reported(): Promise<number[]> {
  const rows = await database.all<{ data: string }>(
    "SELECT data FROM events WHERE type = 'node.draining' ORDER BY sequence",
  );
  return rows.map(({ data }) => (JSON.parse(data) as { sessions: number }).sessions);
}

/** Notes one number of sessions after another, `gap` ms apart. */
async function note(gap: number, ...counts: (number | null)[]): Promise<void> {
  for (const count of counts) {
    now += gap;
    await drain.note(count);
  }
}

test("reports are a second apart, and the last one is the number that stays", async () => {
  await note(250, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0);
  expect(await reported()).toEqual([9, 5, 1, 0]);
});

test("a number that could not be recorded is reported again", async () => {
  await note(1_000, 2);
  faulty.fault = (text) => (text.includes("INTO events") ? "before" : undefined);
  await note(1_000, 0);
  faulty.fault = () => undefined;
  await note(1_000, 0, 0);
  expect(await reported()).toEqual([2, 0]);
});

test("a node that does not drain reports nothing, and one that drains again begins again", async () => {
  await note(1_000, null, 3, null, 3);
  expect(await reported()).toEqual([3, 3]);
});
