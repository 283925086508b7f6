/** The browser driver's checkpoint in the stream of messages: it never passes a message that may have been missed. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SyncCheckpoint } from "../../drivers/browser/sync-checkpoint.ts";
import type { StoredHistory } from "../../drivers/driver.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 1, 12);
let folder: string;

beforeEach(() => {
  folder = makeDataDir();
});
afterEach(() => cleanUp(folder));

const NOTHING_STORED: StoredHistory = { isLinked: false, since: NOON, until: null };

/** The checkpoint of a driver after a start. */
async function start(stored = NOTHING_STORED): Promise<SyncCheckpoint> {
  const checkpoint = new SyncCheckpoint(folder, () => undefined);
  await checkpoint.load(stored);
  return checkpoint;
}

/** A checkpoint with everything stored up to noon. */
async function upToNoon(): Promise<SyncCheckpoint> {
  const checkpoint = await start();
  checkpoint.begin(NOON - MINUTE);
  checkpoint.track(NOON)(true);
  await checkpoint.save();
  return checkpoint;
}

const isBefore = (time: number, readFrom: number) => readFrom <= time;

test.each([
  ["lost", () => rm(join(folder, "browser-driver.json"))],
  ["damaged", () => writeFile(join(folder, "browser-driver.json"), "{")],
])("a file that was %s is made again from what is stored", async (_what, harm) => {
  await upToNoon();
  await harm();
  const stored = { isLinked: true, since: NOON - 300 * MINUTE, until: NOON };
  const checkpoint = await start(stored);
  expect(checkpoint.wasLinked).toBe(true);
  expect(isBefore(NOON - 30 * MINUTE, checkpoint.readFrom)).toBe(true);
  expect(isBefore(NOON - 120 * MINUTE, checkpoint.readFrom)).toBe(false);
  // Nothing from before the session is read, however little is stored.
  expect(isBefore(NOON - 10 * MINUTE, (await start({ ...stored, since: NOON })).readFrom)).toBe(false);
});

test("storing a message moves the checkpoint", async () => {
  const checkpoint = await upToNoon();
  checkpoint.track(NOON + 60 * MINUTE)(true);
  await checkpoint.save();
  expect(isBefore(NOON + 30 * MINUTE, (await start()).readFrom)).toBe(false);
});

test("a crash before the gap was read back leaves the gap, even if newer messages were stored", async () => {
  await upToNoon();
  const second = await start();
  second.track(NOON + 60 * MINUTE)(true);
  await second.save();
  const third = await start();
  expect(isBefore(NOON + MINUTE, third.readFrom)).toBe(true);
  const finish = third.beginReading(NOON + 60 * MINUTE);
  third.track(NOON + 61 * MINUTE)(true);
  await third.save();
  expect(isBefore(NOON + MINUTE, (await start()).readFrom)).toBe(true);
  finish(true);
  await third.save();
  expect(isBefore(NOON + 30 * MINUTE, (await start()).readFrom)).toBe(false);
});

test("a gap that could not be read remains, and losing the connection makes a new one", async () => {
  const checkpoint = await upToNoon();
  checkpoint.beginReading(NOON)(false);
  checkpoint.track(NOON + 60 * MINUTE)(true);
  expect(isBefore(NOON + MINUTE, checkpoint.readFrom)).toBe(true);
  checkpoint.beginReading(NOON + 60 * MINUTE)(true);
  checkpoint.markGap();
  checkpoint.track(NOON + 120 * MINUTE)(true);
  expect(isBefore(NOON + 61 * MINUTE, checkpoint.readFrom)).toBe(true);
});

test("a message that could not be stored is read back, and then no longer delays the checkpoint", async () => {
  const checkpoint = await upToNoon();
  checkpoint.track(NOON + 10 * MINUTE)(false);
  checkpoint.track(NOON + 60 * MINUTE)(true);
  expect(isBefore(NOON + 10 * MINUTE, checkpoint.readFrom)).toBe(true);
  const finish = checkpoint.beginReading(NOON + 60 * MINUTE);
  checkpoint.track(NOON + 10 * MINUTE)(true);
  finish(true);
  expect(isBefore(NOON + 30 * MINUTE, checkpoint.readFrom)).toBe(false);
});

test("a session that only sends does not read the same back at each gap", async () => {
  const checkpoint = await upToNoon();
  checkpoint.beginReading(NOON + 60 * MINUTE)(true);
  await checkpoint.save();
  expect(isBefore(NOON + 30 * MINUTE, (await start()).readFrom)).toBe(false);
});

test("a reported change is remembered over a restart", async () => {
  const checkpoint = await upToNoon();
  checkpoint.noteReported("poll voter 1");
  await checkpoint.save();
  const after = await start();
  expect([after.wasReported("poll voter 1"), after.wasReported("poll voter 2")]).toEqual([true, false]);
});
