/** Small media of each kind. They need not be playable, but their first bytes must identify their type. */
import { createHash } from "node:crypto";

export interface MediaSample {
  readonly type: "image" | "video" | "audio" | "voice" | "document" | "sticker";
  readonly mimetype: string;
  readonly filename: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Pseudo-random bytes that are the same at each run. */
function noise(seed: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
    createHash("sha256").update(`${seed} ${block}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function sample(type: MediaSample["type"], mimetype: string, filename: string, ...parts: Buffer[]): MediaSample {
  return { type, mimetype, filename, bytes: new Uint8Array(Buffer.concat(parts)) };
}

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const WEBP = Buffer.from("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA", "base64");
const MP4 = Buffer.from("000000186674797069736f6d0000020069736f6d69736f32", "hex");
const OGG = Buffer.from("4f67675300020000000000000000", "hex");

export const MEDIA_SAMPLES: Record<MediaSample["type"], MediaSample> = {
  image: sample("image", "image/png", "dot.png", PNG),
  video: sample("video", "video/mp4", "clip.mp4", MP4, noise("video", 3000)),
  audio: sample("audio", "audio/mpeg", "song.mp3", Buffer.from("ID3"), noise("audio", 2000)),
  voice: sample("voice", "audio/ogg; codecs=opus", "voice.ogg", OGG, noise("voice", 2000)),
  document: sample("document", "application/pdf", "report.pdf", Buffer.from("%PDF-1.4\n"), noise("document", 70_000)),
  sticker: sample("sticker", "image/webp", "sticker.webp", WEBP),
};
