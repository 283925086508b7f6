/** What the browser driver remembers of its place in the stream of messages: it never passes what may have been missed. */
import { Memory } from "../../drivers/browser/sync-checkpoint.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 1, 12);
let folder: string;

beforeEach(() => {
  folder = makeDataDir();
});
afterEach(() => cleanUp(folder));

/** A driver's memory after a start. */
async function start(): Promise<Memory> {
  const memory = new Memory(folder);
  await memory.load();
  return memory;
}

/** A memory that has stored everything up to noon. */
async function upToNoon(): Promise<Memory> {
  const memory = await start();
  memory.begin(NOON - MINUTE);
  memory.enter(NOON)(true);
  await memory.save();
  return memory;
}

const isBefore = (time: number, readFrom: number) => readFrom <= time;

test("what is stored moves it on", async () => {
  const memory = await upToNoon();
  memory.enter(NOON + 60 * MINUTE)(true);
  await memory.save();
  expect(isBefore(NOON + 30 * MINUTE, (await start()).readFrom)).toBe(false);
});

test("a crash before the gap was read back leaves the gap to be read, whatever newer was stored", async () => {
  await upToNoon();
  const second = await start();
  second.enter(NOON + 60 * MINUTE)(true);
  await second.save();
  const third = await start();
  expect(isBefore(NOON + MINUTE, third.readFrom)).toBe(true);
  const finish = third.beginReading(NOON + 60 * MINUTE);
  third.enter(NOON + 61 * MINUTE)(true);
  await third.save();
  expect(isBefore(NOON + MINUTE, (await start()).readFrom)).toBe(true);
  finish(true);
  await third.save();
  expect(isBefore(NOON + 30 * MINUTE, (await start()).readFrom)).toBe(false);
});

test("a gap that could not be read is still one, and so is a loss of the connection", async () => {
  const memory = await upToNoon();
  memory.beginReading(NOON)(false);
  memory.enter(NOON + 60 * MINUTE)(true);
  expect(isBefore(NOON + MINUTE, memory.readFrom)).toBe(true);
  memory.beginReading(NOON + 60 * MINUTE)(true);
  memory.miss();
  memory.enter(NOON + 120 * MINUTE)(true);
  expect(isBefore(NOON + 61 * MINUTE, memory.readFrom)).toBe(true);
});

test("a message that could not be stored is read back, and holds nothing up once it was", async () => {
  const memory = await upToNoon();
  memory.enter(NOON + 10 * MINUTE)(false);
  memory.enter(NOON + 60 * MINUTE)(true);
  expect(isBefore(NOON + 10 * MINUTE, memory.readFrom)).toBe(true);
  const finish = memory.beginReading(NOON + 60 * MINUTE);
  memory.enter(NOON + 10 * MINUTE)(true);
  finish(true);
  expect(isBefore(NOON + 30 * MINUTE, memory.readFrom)).toBe(false);
});

test("whoever only sends does not read back the same again at each gap", async () => {
  const memory = await upToNoon();
  memory.beginReading(NOON + 60 * MINUTE)(true);
  await memory.save();
  expect(isBefore(NOON + 30 * MINUTE, (await start()).readFrom)).toBe(false);
});

test("what was told once is known after a restart", async () => {
  const memory = await upToNoon();
  memory.noteTold("poll voter 1");
  await memory.save();
  const after = await start();
  expect([after.wasTold("poll voter 1"), after.wasTold("poll voter 2")]).toEqual([true, false]);
});
