/** The archive format refuses everything that its writer did not write; retention and schedule of backups. */
import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Generations } from "../../../contracts/routes/backup.ts";
import { readContent, readArchiveInfo, readLines, writeArchive } from "../../../services/backup/archive/file.ts";
import { requireFreeSpace } from "../../../services/backup/disk-space.ts";
import { selectOutdated } from "../../../services/backup/retention.ts";
import { nextScheduledTime } from "../../../services/backup/schedule.ts";

const folder = mkdtempSync(join(tmpdir(), "wpp-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = randomBytes(32);
const FRAME = 1024 * 1024;
const facts = {
  kind: "installation",
  tenantId: null,
  createdAt: "2026-01-31T12:00:00.000Z",
  compression: "zstd",
  schema: "0001-foundation",
} as const;

async function* incompressible(lines: number): AsyncGenerator<string> {
  for (let line = 0; line < lines; line += 1) yield JSON.stringify([line, randomBytes(6_000).toString("base64")]);
}

async function readAll(path: string, key: Uint8Array = KEY): Promise<number> {
  let lines = 0;
  for await (const _line of readLines(path, key)) lines += 1;
  return lines;
}

describe("an archive", () => {
  const path = join(folder, "whole.wppbak");
  let whole: Buffer;
  beforeAll(async () => {
    await writeArchive(path, facts, KEY, incompressible(600));
    whole = readFileSync(path);
  });

  const faultIn = (file: string): Promise<string> =>
    readAll(file).then(
      () => "accepted",
      (error: { fault?: string }) => error.fault ?? String(error),
    );

  function faultOf(bytes: Buffer): Promise<string> {
    const other = join(folder, "other.wppbak");
    writeFileSync(other, bytes);
    return faultIn(other);
  }

  test("returns what was written, in frames, in a file that only its owner can read", async () => {
    expect(whole.length).toBeGreaterThan(3 * FRAME);
    expect(await readAll(path)).toBe(600);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readArchiveInfo(path, KEY)).toMatchObject(facts);
    expect(whole.includes(KEY)).toBe(false);
  });

  test("reports size and checksum of the file and of its content", async () => {
    const other = join(folder, "measured.wppbak");
    const { file, content } = await writeArchive(other, { ...facts, compression: "gzip" }, KEY, incompressible(10));
    const bytes = readFileSync(other);
    expect(file).toEqual({ size: bytes.length, checksum: createHash("sha256").update(bytes).digest("hex") });
    const inside = Buffer.concat(await (await readContent(other, KEY)).toArray());
    expect(content).toEqual({ size: inside.length, checksum: createHash("sha256").update(inside).digest("hex") });
  });

  test("is refused with one bit changed anywhere", async () => {
    const head = 12 + whole.readUInt32BE(8);
    const edges = [
      head,
      head + 3,
      head + 4,
      head + FRAME,
      head + FRAME + 19,
      head + FRAME + 20,
      whole.length - 17,
      whole.length - 1,
    ];
    const everyHeadByte = Array.from({ length: head }, (_, offset) => offset);
    const spread = Array.from({ length: 30 }, (_, part) => Math.floor((whole.length * part) / 30));
    const other = join(folder, "flipped.wppbak");
    writeFileSync(other, whole);
    const file = openSync(other, "r+");
    const put = (byte: number, offset: number) => writeSync(file, Buffer.of(byte), 0, 1, offset);
    for (const offset of [...everyHeadByte, ...edges, ...spread]) {
      put(whole[offset]! ^ (1 << (offset % 8)), offset);
      const fault = await faultIn(other);
      put(whole[offset]!, offset);
      expect({ offset, fault }).toEqual({
        offset,
        fault: expect.stringMatching(/^(?:damaged|not_an_archive|wrong_key)$/),
      });
    }
    closeSync(file);
    expect(await faultIn(other)).toBe("accepted");
  });

  test("is refused when truncated anywhere, also between two frames", async () => {
    const head = 12 + whole.readUInt32BE(8);
    const frame = FRAME + 20;
    for (const length of [
      0,
      7,
      11,
      100,
      head,
      head + 1,
      head + 4,
      head + frame,
      head + 2 * frame,
      head + 2 * frame + 1,
      whole.length - 1,
    ]) {
      expect({ length, fault: await faultOf(whole.subarray(0, length)) }).toEqual({
        length,
        fault: expect.stringMatching(/^(?:damaged|not_an_archive)$/),
      });
    }
  });

  test("is refused with frames swapped, repeated, removed or added", async () => {
    const start = 12 + whole.readUInt32BE(8);
    const frame = FRAME + 20;
    const head = whole.subarray(0, start);
    const [first, second] = [whole.subarray(start, start + frame), whole.subarray(start + frame, start + 2 * frame)];
    const rest = whole.subarray(start + 2 * frame);
    expect(await faultOf(Buffer.concat([head, first, second, rest]))).toBe("accepted");
    for (const parts of [
      [second, first, rest],
      [first, first, rest],
      [second, rest],
      [first, second, second, rest],
      [first, second, rest, Buffer.alloc(1)],
    ]) {
      expect(await faultOf(Buffer.concat([head, ...parts]))).toBe("damaged");
    }
  });

  test("cannot be opened with another master key, and the error names the reason", async () => {
    await expect(readAll(path, randomBytes(32))).rejects.toMatchObject({
      fault: "wrong_key",
      message: expect.stringContaining("another master key"),
    });
    await expect(readAll(join(import.meta.dirname, "backup-archive.test.ts"))).rejects.toMatchObject({
      fault: "not_an_archive",
    });
  });

  test("leaves no file when writing fails", async () => {
    async function* failing(): AsyncGenerator<string> {
      yield* incompressible(300);
      throw new Error("the source is gone");
    }
    await expect(writeArchive(join(folder, "failed.wppbak"), facts, KEY, failing())).rejects.toThrow(
      "the source is gone",
    );
    expect(readdirSync(folder).filter((name) => name.startsWith("failed"))).toEqual([]);
  });
});

describe("retention by generations", () => {
  const HOUR = 3_600_000;
  const start = Date.parse("2026-01-01T00:30:00.000Z");
  const hourly = (count: number) =>
    Array.from({ length: count }, (_, hour) => ({
      id: `b${String(hour).padStart(5, "0")}`,
      createdAt: start + hour * HOUR,
      verifiedAt: null as number | null,
    }));
  const keep = (some: Partial<Generations>): Generations => ({ hourly: 0, daily: 0, weekly: 0, monthly: 0, ...some });
  const kept = (backups: ReturnType<typeof hourly>, generations: Generations) => {
    const outdated = new Set(selectOutdated(backups, generations));
    return backups
      .filter((backup) => !outdated.has(backup.id))
      .map((backup) => new Date(backup.createdAt).toISOString().slice(0, 13));
  };

  test("keeps the newest of each of the last hours, days, weeks and months", () => {
    const quarter = hourly(24 * 90);
    expect(kept(quarter, keep({ hourly: 3 }))).toEqual(["2026-03-31T21", "2026-03-31T22", "2026-03-31T23"]);
    expect(kept(quarter, keep({ daily: 2 }))).toEqual(["2026-03-30T23", "2026-03-31T23"]);
    // Weeks end on Sunday: 2026-03-29 is one.
    expect(kept(quarter, keep({ weekly: 3 }))).toEqual(["2026-03-22T23", "2026-03-29T23", "2026-03-31T23"]);
    expect(kept(quarter, keep({ monthly: 12 }))).toEqual(["2026-01-31T23", "2026-02-28T23", "2026-03-31T23"]);
    expect(kept(quarter, { hourly: 24, daily: 7, weekly: 5, monthly: 12 })).toHaveLength(24 + 6 + 4 + 2 - 1);
  });

  test("counts only periods that have a backup", () => {
    const all = hourly(24 * 10);
    const gappy = all.filter((_backup, hour) => hour < 24 || hour >= 24 * 9);
    expect(kept(gappy, keep({ daily: 2 }))).toEqual(["2026-01-01T23", "2026-01-10T23"]);
  });

  test("is stable: a second run removes nothing more", () => {
    const all = hourly(24 * 40);
    const generations = { hourly: 5, daily: 4, weekly: 3, monthly: 2 };
    const outdated = new Set(selectOutdated(all, generations));
    expect(
      selectOutdated(
        all.filter((backup) => !outdated.has(backup.id)),
        generations,
      ),
    ).toEqual([]);
  });

  test("never removes the newest backup, nor the newest verified one", () => {
    const day = hourly(24);
    day[3]!.verifiedAt = 1;
    day[5]!.verifiedAt = 1;
    expect(kept(day, keep({}))).toEqual(["2026-01-01T05", "2026-01-01T23"]);
    expect(selectOutdated([], keep({}))).toEqual([]);
  });
});

test("scheduled times are at full periods, whenever they are computed", () => {
  const at = (text: string) => Date.parse(text);
  expect(nextScheduledTime(1, at("2026-01-31T12:34:56.000Z"))).toBe(at("2026-01-31T13:00:00.000Z"));
  expect(nextScheduledTime(24, at("2026-01-31T00:00:00.000Z"))).toBe(at("2026-02-01T00:00:00.000Z"));
  expect(nextScheduledTime(6, at("2026-01-31T05:59:59.999Z"))).toBe(at("2026-01-31T06:00:00.000Z"));
});

test("too little disk space is refused, with the figures", async () => {
  await requireFreeSpace(folder, 1);
  await expect(requireFreeSpace(folder, 1e18)).rejects.toMatchObject({
    type: "conflict",
    data: { facts: { freeMb: expect.any(Number), neededMb: 1e12 } },
  });
});
