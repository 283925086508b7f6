/** Small media of each kind. Only sound and video are played by anything. */
import { createHash } from "node:crypto";
import type { MediaKind } from "../../../contracts/message-kinds.ts";
import { mediaFile, PNG, WEBP } from "../../harness/media-files.ts";

export interface MediaSample {
  readonly type: MediaKind;
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

export const MEDIA_SAMPLES: Record<MediaKind, MediaSample> = {
  image: sample("image", "image/png", "dot.png", PNG),
  video: sample("video", "video/mp4", "clip.mp4", mediaFile("clip.mp4")),
  gif: sample("gif", "video/mp4", "gif.mp4", mediaFile("clip.mp4")),
  audio: sample("audio", "audio/mpeg", "song.mp3", mediaFile("song.mp3")),
  voice: sample("voice", "audio/ogg; codecs=opus", "voice.ogg", mediaFile("voice.ogg")),
  document: sample("document", "application/pdf", "report.pdf", Buffer.from("%PDF-1.4\n"), noise("document", 70_000)),
  sticker: sample("sticker", "image/webp", "sticker.webp", WEBP),
};
