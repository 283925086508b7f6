/** The encrypted copy of a browser's login. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  restoreSnapshot,
  saveSnapshot,
  snapshotTime,
  type SnapshotPlace,
} from "../../drivers/browser/login-snapshot.ts";

const DATABASE = "Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb";
let place: SnapshotPlace;

beforeEach(async () => {
  const profileDir = await mkdtemp(join(tmpdir(), "wpp-snapshot-"));
  place = { profileDir, userDataDir: join(profileDir, "chromium"), key: randomBytes(32) };
});

afterEach(() => rm(place.profileDir, { recursive: true, force: true }));

async function write(path: string, content: Buffer | string): Promise<void> {
  const file = join(place.userDataDir, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, content);
}

const read = (path: string): Promise<Buffer> => readFile(join(place.userDataDir, path));

test("what holds the login is copied and comes back, byte for byte", async () => {
  const log = randomBytes(200_000);
  await write(`${DATABASE}/000003.log`, log);
  await write(`${DATABASE}/empty`, "");
  await write("Default/Local Storage/leveldb/CURRENT", "MANIFEST-000001\n");
  await write("Default/Cache/data_0", "a cache is no login");
  expect(await snapshotTime(place)).toBeNull();
  expect(await saveSnapshot(place)).toBe(true);
  const stored = await readFile(join(place.profileDir, "login.snapshot"));
  expect(stored.includes(log.subarray(0, 64))).toBe(false);
  expect(await snapshotTime(place)).toBeGreaterThan(Date.now() - 60_000);
  await write(`${DATABASE}/000003.log`, "damaged");
  await restoreSnapshot(place);
  expect((await read(`${DATABASE}/000003.log`)).equals(log)).toBe(true);
  expect(await read(`${DATABASE}/empty`)).toHaveLength(0);
  expect(String(await read("Default/Local Storage/leveldb/CURRENT"))).toBe("MANIFEST-000001\n");
  expect(await readdir(join(place.userDataDir, "Default"))).toEqual(expect.not.arrayContaining(["Cache"]));
  const aside = await readFile(join(place.profileDir, "chromium.damaged", DATABASE, "000003.log"), "utf8");
  expect(aside).toBe("damaged");
});

test.each([
  ["another key", async () => void (place = { ...place, key: randomBytes(32) })],
  [
    "a changed bit",
    async () => {
      const file = join(place.profileDir, "login.snapshot");
      const bytes = await readFile(file);
      bytes[bytes.length - 30]! ^= 1;
      await writeFile(file, bytes);
    },
  ],
  ["a file that was cut short", () => writeFile(join(place.profileDir, "login.snapshot"), "short")],
])("%s leaves the profile as it is", async (_what, damage) => {
  await write(`${DATABASE}/000003.log`, "login");
  await saveSnapshot(place);
  await damage();
  await write(`${DATABASE}/000003.log`, "later");
  await expect(restoreSnapshot(place)).rejects.toThrow(/authenticate|snapshot|Invalid|range/);
  expect(String(await read(`${DATABASE}/000003.log`))).toBe("later");
  expect((await readdir(place.profileDir)).toSorted()).toEqual(["chromium", "login.snapshot"]);
});

test("a copy that takes too long leaves the last one", async () => {
  await write(`${DATABASE}/000003.log`, "first");
  await saveSnapshot(place);
  await write(`${DATABASE}/000003.log`, "second");
  await expect(saveSnapshot(place, AbortSignal.abort())).rejects.toThrow(/abort/i);
  expect((await readdir(place.profileDir)).toSorted()).toEqual(["chromium", "login.snapshot"]);
  await restoreSnapshot(place);
  expect(String(await read(`${DATABASE}/000003.log`))).toBe("first");
});

test("a profile that never held a login is not copied", async () => {
  await write("Default/Cache/data_0", "nothing");
  expect(await saveSnapshot(place)).toBe(false);
  expect(await snapshotTime(place)).toBeNull();
});
