/** Brings media into the format that WhatsApp has for their kind, before the message is accepted. */
import type { VoiceShape } from "../contracts/media.ts";
import { acceptsMediaType, type MediaKind } from "../contracts/message-kinds.ts";
import { SAMPLE_RATE, type Conversion, type Ffmpeg } from "./ffmpeg.ts";
import { VoiceMeter } from "./voice-shape.ts";

export interface Converted {
  readonly bytes: Uint8Array;
  readonly mimetype: string;
  readonly voice: VoiceShape | null;
}

interface Target {
  readonly mimetype: string;
  readonly output: NonNullable<Conversion["output"]>;
  /** ffmpeg's names of the formats that it can be made from. */
  readonly formats: Readonly<Record<string, string>>;
}

const SOUND_FORMATS: Target["formats"] = {
  "audio/mpeg": "mp3",
  "audio/mp4": "mov",
  "audio/x-m4a": "mov",
  "video/mp4": "mov",
  "video/3gpp": "mov",
  "video/quicktime": "mov",
  "audio/wav": "wav",
  "audio/aiff": "aiff",
  "audio/flac": "flac",
  "audio/aac": "aac",
  "audio/amr": "amr",
  "audio/ogg": "ogg",
  "video/ogg": "ogg",
  "application/ogg": "ogg",
  "audio/webm": "matroska",
  "video/webm": "matroska",
  "video/matroska": "matroska",
  "audio/x-ms-asf": "asf",
  "video/x-ms-asf": "asf",
  "application/vnd.ms-asf": "asf",
};

/** Even sides, which H.264 needs; the index at the start, so that it plays while it loads. */
const GIF_VIDEO = [
  ...["-an", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p"],
  ...["-vf", "scale=ceil(iw/2)*2:ceil(ih/2)*2", "-movflags", "+faststart", "-f", "mp4"],
];
/** 512 by 512, with transparent borders. */
const STICKER_PICTURE = [
  ...["-frames:v", "1", "-vf"],
  "scale=512:512:force_original_aspect_ratio=decrease,format=rgba,pad=512:512:-1:-1:color=#00000000",
  ...["-c:v", "libwebp", "-quality", "80", "-f", "webp"],
];
const SPEECH = [
  ...["-map", "0:a:0", "-c:a", "libopus", "-ac", "1", "-ar", "48000", "-b:a", "32k", "-application", "voip"],
  ...["-f", "ogg"],
];
/** The same input gives the same bytes, which are then stored once. */
const REPEATABLE = ["-fflags", "+bitexact", "-flags", "+bitexact"];

const TARGETS: Partial<Record<MediaKind, Target>> = {
  voice: {
    mimetype: "audio/ogg; codecs=opus",
    output: { name: "voice.ogg", args: [...SPEECH, ...REPEATABLE] },
    formats: SOUND_FORMATS,
  },
  gif: {
    mimetype: "video/mp4",
    output: { name: "gif.mp4", args: [...GIF_VIDEO, ...REPEATABLE] },
    formats: { "image/gif": "gif" },
  },
  sticker: {
    mimetype: "image/webp",
    output: { name: "sticker.webp", args: [...STICKER_PICTURE, ...REPEATABLE] },
    formats: { "image/png": "png_pipe", "image/jpeg": "jpeg_pipe" },
  },
};

/** True when media of this type become media of this kind by a conversion. */
export function isConvertible(kind: MediaKind, mimetype: string): boolean {
  return formatFor(kind, mimetype) !== undefined;
}

function formatFor(kind: MediaKind, mimetype: string): string | undefined {
  return TARGETS[kind]?.formats[mimetype.split(";")[0]!.trim().toLowerCase()];
}

/**
 * Converts where the kind needs it, and measures voice messages. Media that WhatsApp takes as they are keep their
 * bytes. Throws ConversionError for media that cannot be read. Callers have checked `isConvertible`.
 */
export async function convert(
  ffmpeg: Ffmpeg,
  kind: MediaKind,
  { bytes, mimetype }: { readonly bytes: Uint8Array; readonly mimetype: string },
  maxBytes: number,
): Promise<Converted> {
  const isReady = acceptsMediaType(kind, mimetype);
  const target = TARGETS[kind];
  if (target === undefined || (isReady && kind !== "voice")) return { bytes, mimetype, voice: null };
  const meter = kind === "voice" ? new VoiceMeter(SAMPLE_RATE) : null;
  const result = await ffmpeg.run({
    bytes,
    format: isReady ? "ogg" : formatFor(kind, mimetype)!,
    output: isReady ? null : target.output,
    maxBytes,
    ...(meter === null ? {} : { onSound: (samples) => meter.add(samples) }),
  });
  const voice = meter?.shape() ?? null;
  return isReady ? { bytes, mimetype, voice } : { bytes: result, mimetype: target.mimetype, voice };
}
