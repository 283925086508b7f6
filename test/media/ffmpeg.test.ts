/** Conversion of hostile media: nothing is read but the given bytes, and time, size and leftovers are bounded. */
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MediaKind } from "../../contracts/message-kinds.ts";
import { convert } from "../../media/convert.ts";
import { ConversionError, Ffmpeg, findFfmpeg, type FfmpegTimes } from "../../media/ffmpeg.ts";
import { VoiceMeter } from "../../media/voice-shape.ts";
import { mediaFile, PNG } from "../harness/media-files.ts";
import { until } from "../harness/system.ts";

const MAX = 1_000_000;
const SONG = { bytes: mediaFile("song.mp3"), mimetype: "audio/mpeg" };
let ffmpeg: Ffmpeg;
let folder: string;
const { TMPDIR } = process.env;

beforeAll(async () => {
  const program = await findFfmpeg(null);
  if (program === undefined) throw new Error("ffmpeg is missing; scripts/setup.sh installs it");
  ffmpeg = new Ffmpeg(program);
  folder = await mkdtemp(join(tmpdir(), "wpp-ffmpeg-test-"));
  process.env["TMPDIR"] = folder;
});
afterAll(async () => {
  if (TMPDIR === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = TMPDIR;
  await rm(folder, { recursive: true, force: true });
});

const to = (kind: MediaKind, bytes: Uint8Array, mimetype: string) => convert(ffmpeg, kind, { bytes, mimetype }, MAX);

/** A program that stands for ffmpeg. */
async function program(script: string, times: FfmpegTimes): Promise<Ffmpeg> {
  const path = join(folder, `program-${script.length}`);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return new Ffmpeg(path, times);
}

test("the same sound gives the same bytes, with its length and waveform", async () => {
  const first = await to("voice", mediaFile("song.mp3"), "audio/mpeg");
  expect(first.mimetype).toBe("audio/ogg; codecs=opus");
  expect(Buffer.from(first.bytes.subarray(0, 4)).toString()).toBe("OggS");
  expect(first.voice?.seconds).toBe(1);
  expect(first.voice?.waveform).toHaveLength(64);
  expect(first.voice!.waveform[60]).toBeGreaterThan(first.voice!.waveform[10]!);
  expect(await to("voice", mediaFile("song.mp3"), "audio/mpeg")).toEqual(first);
});

test("what is ready keeps its bytes", async () => {
  const voice = mediaFile("voice.ogg");
  const measured = await to("voice", voice, "audio/ogg; codecs=opus");
  expect(measured.bytes).toBe(voice);
  expect(measured.voice?.seconds).toBe(1);
  const clip = mediaFile("clip.mp4");
  expect((await to("gif", clip, "video/mp4")).bytes).toBe(clip);
});

describe("a playlist in the place of media", () => {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits += 1;
    response.end();
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const types = ["audio/mpeg", "audio/mp4", "video/webm"];
  test.each(types)("under the type %s is not opened", async (type) => {
    const { port } = server.address() as AddressInfo;
    const secret = join(folder, "secret.ogg");
    await writeFile(secret, mediaFile("voice.ogg"));
    const playlists = [
      `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1.0,\nhttp://127.0.0.1:${port}/a.ts\n#EXT-X-ENDLIST\n`,
      `#EXTM3U\n#EXTINF:1.0,\nfile://${secret}\n#EXT-X-ENDLIST\n`,
      `ffconcat version 1.0\nfile '${secret}'\n`,
      `<?xml version="1.0"?><MPD><BaseURL>http://127.0.0.1:${port}/</BaseURL></MPD>`,
    ];
    for (const playlist of playlists)
      await expect(to("voice", Buffer.from(playlist), type)).rejects.toThrow(ConversionError);
    expect(hits).toBe(0);
  });
});

test("ffmpeg is given the format, and may open nothing but files", async () => {
  const given = join(folder, "arguments");
  const recorder = await program(`echo "$@" > ${given}; exit 1`, {});
  await expect(convert(recorder, "voice", SONG, MAX)).rejects.toThrow(ConversionError);
  const [beforeInput = "", afterInput = ""] = (await readFile(given, "utf8")).split(" -i ");
  expect(beforeInput).toContain("-protocol_whitelist file -format_whitelist mp3 -f mp3");
  expect(beforeInput).toContain("-nostdin");
  expect(afterInput).toMatch(/^file:\//);
});

test("damaged media are refused with ffmpeg's reason, without a path", async () => {
  const error = await to("voice", Buffer.alloc(5_000, 7), "audio/flac").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConversionError);
  expect((error as Error).message).not.toContain("/");
  await expect(to("gif", mediaFile("anim.gif").subarray(0, 20), "image/gif")).rejects.toThrow(ConversionError);
  await expect(to("voice", mediaFile("clip.mp4"), "video/mp4")).rejects.toThrow(ConversionError);
});

test("a picture of too many pixels is not decoded", async () => {
  const huge = Buffer.from(PNG);
  huge.writeUInt32BE(60_000, 16);
  huge.writeUInt32BE(60_000, 20);
  await expect(to("sticker", huge, "image/png")).rejects.toThrow(ConversionError);
});

test("a result that is too large is refused", async () => {
  const small = convert(ffmpeg, "voice", SONG, 1_000);
  await expect(small).rejects.toMatchObject({ type: "media_too_large" });
});

test("a program that does not end is killed with its children, and leaves no files", async () => {
  const child = join(folder, "child");
  const stuck = await program(`sleep 60 & echo $! > ${child}; wait`, { runTimeout: 500 });
  await expect(convert(stuck, "voice", SONG, MAX)).rejects.toThrow("it took longer than 0.5 s");
  const pid = (await readFile(child, "utf8")).trim();
  await until(async () => {
    const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    return state === "" || /\) Z /.test(state);
  });
  expect((await readdir(folder)).filter((name) => name.startsWith("wpp-media-"))).toEqual([]);
});

test("a program that cannot be run is an error of the installation, not of the media", async () => {
  const broken = new Ffmpeg(join(folder, "none"));
  const error = await convert(broken, "voice", SONG, MAX).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(ConversionError);
});

test("requests that wait too long for their turn are refused", async () => {
  const busy = await program("sleep 60", { runTimeout: 1_000, turnTimeout: 100 });
  const all = Array.from({ length: 3 }, () =>
    convert(busy, "voice", SONG, MAX).then(
      () => "done",
      (error: unknown) => (error instanceof ConversionError ? "late" : (error as { type: string }).type),
    ),
  );
  expect((await Promise.all(all)).toSorted()).toEqual(["late", "late", "unavailable"]);
});

test("the waveform has 64 points also of a very short sound, and silence is flat", () => {
  const short = new VoiceMeter(8_000);
  short.add(Buffer.of(1));
  short.add(Buffer.of(0, 2, 0, 255, 127));
  expect(short.shape()).toEqual({ seconds: 0, waveform: Array(64).fill(0) });
  const silent = new VoiceMeter(8_000);
  silent.add(Buffer.alloc(8_000 * 2 * 3));
  expect(silent.shape()).toEqual({ seconds: 3, waveform: Array(64).fill(0) });
  const loud = new VoiceMeter(8_000);
  for (let index = 0; index < 16_000; index++) loud.add(Buffer.of(0, index < 8_000 ? 16 : 64));
  const { seconds, waveform } = loud.shape();
  expect([seconds, waveform[0], waveform[63]]).toEqual([2, 25, 100]);
});
