/** Without ffmpeg what is ready is sent as it is, and what would have to be converted is refused with the remedy. */
import type { Message } from "../../contracts/message.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { mediaFile, PNG } from "../harness/media-files.ts";
import { startSystem, type System } from "../harness/system.ts";

let system: System;
let api: TestClient;

beforeAll(async () => {
  system = await startSystem({
    services: ["auth", "tenant", "session", "session-node", "message", "api-gateway"],
    environment: { WPP_SIGNUP: "open", WPP_THREADS: "0", WPP_FFMPEG: "off" },
  });
  api = await registerTenant(system.url);
  await api.expect(201, "POST", "/sessions", { name: "main", network: "sandbox" });
});
afterAll(() => system.stop());

const send = (type: string, bytes: Buffer) =>
  api.ask<Message & { detail: string }>("POST", "/sessions/main/messages", {
    to: "+15550100001",
    type,
    media: { base64: bytes.toString("base64") },
  });

test.each([
  ["voice", mediaFile("song.mp3"), "audio/mpeg", "Ogg with Opus"],
  ["gif", mediaFile("anim.gif"), "image/gif", "MP4"],
  ["sticker", PNG, "image/png", "WebP"],
])("%s in another format is refused", async (kind, bytes, type, accepted) => {
  const { status, body } = await send(kind, bytes);
  expect(status).toBe(422);
  expect(body.detail).toBe(
    `this installation cannot convert ${type} because it has no ffmpeg (WPP_FFMPEG); send the ${kind} as ${accepted}`,
  );
});

test("a voice message in Ogg with Opus is accepted, without its length", async () => {
  const { status, body } = await send("voice", mediaFile("voice.ogg"));
  expect(status).toBe(202);
  expect([body.media?.mimetype, body.content]).toEqual(["audio/ogg; codecs=opus", {}]);
});
