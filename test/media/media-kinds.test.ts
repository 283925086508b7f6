/** What each kind of media accepts, what is converted for it, and what is refused before it is accepted. */
import { fileTypeFromBuffer } from "file-type";
import type { MediaKind } from "../../contracts/message-kinds.ts";
import type { Message } from "../../contracts/message.ts";
import type { SandboxItem } from "../../contracts/sandbox.ts";
import { mediaFile, PNG } from "../harness/media-files.ts";
import { SAMPLES, startFileServer, type FileServer, type Sample } from "./file-server.ts";
import { MediaSystem, type ProblemAnswer } from "./media-system.ts";

let system: MediaSystem;
let files: FileServer;

beforeAll(async () => {
  files = await startFileServer();
  system = await MediaSystem.start();
});
afterAll(async () => {
  await system.stop();
  await files.close();
});

const base64 = ({ bytes }: Sample) => bytes.toString("base64");

describe("a web page in the place of a document", () => {
  const page = Buffer.from("\uFEFF<!doctype HTML>\n<html><body>Sign in</body></html>");
  test.each([
    ["by the type of the request", { url: "/sign-in", mimetype: "application/pdf" }],
    ["by the name in the URL", { url: "/sign-in/bill.pdf" }],
    ["by the name of the request", { url: "/sign-in", filename: "bill.docx" }],
    ["by the server's type", { url: "/lying-page" }],
    ["in base64", { base64: page.toString("base64"), filename: "bill.pdf" }],
  ])("is refused: %s", async (_name, { url, ...media }: { url?: string; base64?: string }) => {
    const problem = await system.refusal(
      "document",
      url === undefined ? media : { ...media, url: `${files.origin}${url}` },
    );
    expect(problem).toMatchObject({ code: "media_invalid" });
    expect(problem.detail).toContain("web page");
  });

  test("is sent when it is what was meant", async () => {
    const item = await system.send("document", { base64: page.toString("base64"), filename: "page.html" });
    expect(item.media).toMatchObject({ mimetype: "text/html", filename: "page.html", size: page.length });
  });
});

test("sound in an MP4 container is sent as sound, byte for byte", async () => {
  const m4a = await system.send("audio", { base64: mediaFile("song.m4a").toString("base64") });
  expect(m4a.media).toMatchObject({ mimetype: "audio/mp4", base64: mediaFile("song.m4a").toString("base64") });
  const renamed = Buffer.from(mediaFile("song.m4a"));
  renamed.write("isom", 8, "latin1");
  const mp4 = await system.send("audio", { base64: renamed.toString("base64"), mimetype: "audio/mp4" });
  expect(mp4.media).toMatchObject({ mimetype: "audio/mp4", base64: renamed.toString("base64") });
});

test("bytes of no known format are no sound, whatever they are called", async () => {
  const problem = await system.refusal("audio", { base64: "QUJD", mimetype: "audio/mpeg" });
  expect(problem.detail).toBe("an audio is expected, and these bytes are none");
});

describe("the type of a document", () => {
  const zip = Buffer.from("504b0506000000000000000000000000000000000000", "hex");
  test.each([
    ["plain text with a name that knows better", { name: "a.ics", type: "text/plain" }, "text/calendar"],
    ["a container by the name", { name: "a.apk", bytes: zip }, "application/vnd.android.package-archive"],
    ["a container by the given type", { name: "x", type: "application/x-own", bytes: zip }, "application/x-own"],
    ["the bytes against an impossible name", { name: "a.png", bytes: zip }, "application/zip"],
    ["the bytes against an impossible type", { name: "a", type: "application/pdf", bytes: PNG }, "image/png"],
    ["nothing known", { name: "a" }, "application/octet-stream"],
  ] as [string, Partial<Sample> & { name: string }, string][])("%s", async (_name, given, expected) => {
    const { name, type = "", bytes = Buffer.from("x") } = given;
    const item = await system.send("document", { uploadId: await system.upload({ name, type, bytes }) });
    expect(item.media).toMatchObject({ mimetype: expected, filename: name, base64: bytes.toString("base64") });
  });

  test("the request's own type and name take precedence over the upload's", async () => {
    const uploadId = await system.upload({ name: "a.bin", type: "", bytes: Buffer.from("a,b") });
    const item = await system.send("document", { uploadId, mimetype: "text/csv", filename: "b.csv" });
    expect(item.media).toMatchObject({ mimetype: "text/csv", filename: "b.csv" });
  });

  test("an upload keeps a name that is not ASCII", async () => {
    const uploadId = await system.upload({
      name: "relatório 2026 😀.pdf",
      type: "application/pdf",
      bytes: Buffer.from("%PDF-1.4"),
    });
    expect((await system.send("document", { uploadId })).media?.filename).toBe("relatório 2026 😀.pdf");
  });

  test("bytes that are not the picture they are called are refused, also in an upload", async () => {
    const problem = await system.refusal("document", { base64: "QUJD", mimetype: "image/png" });
    expect(problem).toMatchObject({ code: "media_invalid", detail: "these bytes are not image/png" });
    const form = new FormData();
    form.append("file", new Blob(["ABC"], { type: "image/png" }), "a.png");
    const answer = await system.api.ask<ProblemAnswer>("POST", "/uploads", form);
    expect([answer.status, answer.body.code]).toEqual([422, "media_invalid"]);
  });
});

describe("conversion", () => {
  const typeOf = async (item: SandboxItem) =>
    (await fileTypeFromBuffer(Buffer.from(item.media!.base64, "base64")))?.mime;

  test.each(["song.mp3", "song.m4a"] as const)("%s becomes a voice message", async (name) => {
    const item = await system.send("voice", { base64: mediaFile(name).toString("base64"), filename: name });
    expect([item.type, item.seconds, item.waveform?.length]).toEqual(["voice", 1, 64]);
    expect(item.media?.mimetype).toBe("audio/ogg; codecs=opus");
    expect(await typeOf(item)).toBe("audio/ogg; codecs=opus");
    const message = await system.api.expect<Message>(200, "GET", `/messages?limit=1`);
    expect(message).toMatchObject({ data: [{ content: { seconds: 1, waveform: item.waveform } }] });
  });

  test("an uploaded mp3 becomes a voice message, and stays an mp3 as audio", async () => {
    const bytes = mediaFile("song.mp3");
    const uploadId = await system.upload({ name: "song.mp3", type: "audio/mpeg", bytes });
    expect(await typeOf(await system.send("voice", { uploadId }))).toBe("audio/ogg; codecs=opus");
    expect((await system.send("audio", { uploadId })).media?.base64).toBe(bytes.toString("base64"));
  });

  test("a .gif becomes a video that plays as a GIF, with its caption", async () => {
    const item = await system.send("gif", { base64: mediaFile("anim.gif").toString("base64") }, { caption: "moving" });
    expect([item.type, item.text, item.media?.mimetype]).toEqual(["gif", "moving", "video/mp4"]);
    expect(await typeOf(item)).toBe("video/mp4");
  });

  test("a png becomes a sticker of 512 by 512", async () => {
    const item = await system.send("sticker", { base64: PNG.toString("base64") });
    const bytes = Buffer.from(item.media!.base64, "base64");
    expect([item.media?.mimetype, await typeOf(item)]).toEqual(["image/webp", "image/webp"]);
    const at = bytes.indexOf("VP8X") + 12;
    expect([bytes.readUIntLE(at, 3) + 1, bytes.readUIntLE(at + 3, 3) + 1]).toEqual([512, 512]);
  });
});

describe("what WhatsApp does not have is refused before it is accepted", () => {
  const sample = (kind: MediaKind) => SAMPLES.find((candidate) => candidate.kind === kind)!;

  test.each(["audio", "document", "gif", "sticker"] as const)("view once of %s", async (kind) => {
    const problem = await system.refusal(kind, { base64: base64(sample(kind)) }, { viewOnce: true });
    const detail = "WhatsApp has view once only for image, video and voice";
    expect(problem).toMatchObject({ code: "validation", errors: [{ pointer: "/viewOnce", detail }] });
  });

  test.each(["audio", "voice", "sticker"] as const)("a caption of %s", async (kind) => {
    const problem = await system.refusal(kind, { base64: base64(sample(kind)) }, { caption: "look" });
    const detail = "WhatsApp shows no caption here; send a text after it";
    expect(problem).toMatchObject({ code: "validation", errors: [{ pointer: "/caption", detail }] });
  });

  test.each(["image", "video", "voice"] as const)("view once of %s is delivered", async (kind) => {
    expect((await system.send(kind, { base64: base64(sample(kind)) }, { viewOnce: true })).viewOnce).toBe(true);
  });

  test("an empty caption and a false view once are the same as none", async () => {
    const item = await system.send("audio", { base64: base64(sample("audio")) }, { caption: "", viewOnce: false });
    expect([item.text, item.viewOnce]).toEqual([undefined, undefined]);
  });

  test.each([
    ["image", "anim.gif", 'send it as type "gif"'],
    ["image", "clip.mp4", "send it as a document"],
    ["video", "anim.gif", "send it as a document"],
    ["audio", "clip.mp4", "send it as a document"],
    ["sticker", "clip.mp4", "send it as a document"],
    ["gif", "song.mp3", "send it as a document"],
    ["voice", "anim.gif", "send it as a document"],
  ] as const)("%s from %s", async (kind, file, advice) => {
    const problem = await system.refusal(kind, { base64: mediaFile(file).toString("base64") });
    expect(problem).toMatchObject({ code: "media_invalid", errors: [{ pointer: "/media/base64" }] });
    expect(problem.detail).toContain(advice);
  });

  test.each([
    ["HEIC", "image", "0000001c667479706865696300000000"],
    ["TIFF", "image", "49492a000800000000000000"],
    ["QuickTime", "video", "0000001466747970717420200000000071742020"],
    ["WAV", "audio", "524946462400000057415645666d7420"],
  ] as const)("%s as %s", async (_name, kind, hex) => {
    const problem = await system.refusal(kind, { base64: Buffer.from(hex, "hex").toString("base64") });
    expect(problem.detail).toMatch(/is expected \(.+\), these bytes are .+; send it as a document/);
  });
});
