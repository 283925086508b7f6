/** Media as clients of wppconnect-server give them: a form's file, base64, or a URL. */
import mime from "mime";
import { fieldProblem } from "../../../contracts/errors.ts";
import type { DoorCall, GivenFile } from "./call.ts";

const DATA_URL = /^data:([^;,]+)?(?:;[^,]*)?,/;
const HTTP = /^https?:\/\//i;

/** `media` of our requests. */
export type GivenMedia =
  | { readonly url: string; readonly filename?: string }
  | { readonly base64: string; readonly mimetype?: string; readonly filename?: string };

/** Reads base64 with or without the head of a data URL. */
export function readDataUrl(text: string, filename?: string): GivenFile {
  const head = DATA_URL.exec(text);
  const mimetype = head?.[1] ?? (filename === undefined ? undefined : (mime.getType(filename) ?? undefined));
  return { base64: head === null ? text : text.slice(head[0].length), filename, mimetype };
}

interface Given {
  readonly path?: string | undefined;
  readonly base64?: string | undefined;
  readonly filename?: string | undefined;
}

/** The media of a call. Paths of the server's own files are refused: they would read anything that it can read. */
export function mediaOf(call: Pick<DoorCall, "file">, { path, base64, filename }: Given): GivenMedia {
  const given = call.file ?? (base64 === undefined ? undefined : readDataUrl(base64, filename));
  if (given !== undefined) return clean({ ...given, filename: filename ?? given.filename });
  if (path !== undefined && HTTP.test(path)) return filename === undefined ? { url: path } : { url: path, filename };
  if (path !== undefined && DATA_URL.test(path)) return clean(readDataUrl(path, filename));
  throw fieldProblem("validation", "/base64", "give a file, base64, or a path that is an http(s) URL");
}

function clean({ base64, filename, mimetype }: GivenFile): GivenMedia {
  return {
    base64,
    ...(filename === undefined ? {} : { filename }),
    ...(mimetype === undefined ? {} : { mimetype }),
  };
}

const KINDS = { image: "image", video: "video", audio: "audio" } as const;

/** The kind of message that WhatsApp makes of a file: by its type, and otherwise a document. */
export function kindOf(media: GivenMedia): "image" | "video" | "audio" | "document" {
  const name = media.filename ?? ("url" in media ? new URL(media.url).pathname : undefined);
  const mimetype =
    ("mimetype" in media ? media.mimetype : undefined) ?? (name === undefined ? null : mime.getType(name));
  const family = (mimetype ?? "").split("/")[0] as keyof typeof KINDS;
  return KINDS[family] ?? "document";
}
