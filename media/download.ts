/** Downloads media from a URL. What arrives is the file as its server means it, or the request is refused. */
import { STATUS_CODES } from "node:http";
import { fieldProblem, isProblem } from "../contracts/errors.ts";
import type { MediaKind } from "../contracts/message-kinds.ts";
import { ACCEPTED_ENCODINGS } from "../access/outgoing/content-encoding.ts";
import { guardedFetch } from "../access/outgoing/guarded-fetch.ts";
import { hasKnownExtension, nameInDisposition, nameInUrl } from "./file-names.ts";

export interface Downloaded {
  readonly bytes: Uint8Array;
  /** The server's Content-Type; null when it has none. */
  readonly mimetype: string | null;
  readonly filename: string | null;
}

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly allowPrivate: readonly string[];
}

/** ms for a download. */
const FETCH_TIMEOUT = 20_000;
const MAX_REDIRECTS = 3;
const POINTER = "/media/url";

/** Many hosts refuse requests without a name. */
const USER_AGENT = "Mozilla/5.0 (compatible; wppconnect-agent-system)";
/** Servers that offer a picture in several formats choose by this header. */
const ACCEPT: Partial<Record<MediaKind, string>> = {
  image: "image/jpeg, image/png, image/webp;q=0.9, */*;q=0.5",
  sticker: "image/webp, image/png;q=0.9, */*;q=0.5",
};

/** Throws the problems `media_unreachable`, `media_invalid` for an empty file, `media_too_large` and `url_blocked`. */
export async function downloadMedia(url: string, kind: MediaKind, limits: DownloadLimits): Promise<Downloaded> {
  const answer = await guardedFetch(url, {
    ...limits,
    timeout: FETCH_TIMEOUT,
    redirects: MAX_REDIRECTS,
    decode: true,
    bodyOf: 200,
    headers: {
      "user-agent": USER_AGENT,
      accept: ACCEPT[kind] ?? "*/*",
      "accept-encoding": ACCEPTED_ENCODINGS,
    },
  }).catch((error: unknown) => {
    throw isProblem(error) ? fieldProblem(error.type, POINTER, error.message) : error;
  });
  if (answer.status !== 200) throw fieldProblem("media_unreachable", POINTER, explainStatus(answer));
  if (answer.body.byteLength === 0) throw fieldProblem("media_invalid", POINTER, "the server's answer is empty");
  const names = [nameInUrl(answer.url), nameInUrl(new URL(url))];
  return {
    bytes: answer.body,
    mimetype: answer.headers["content-type"] ?? null,
    filename: nameInDisposition(answer.headers["content-disposition"]) ?? names.find(hasKnownExtension) ?? names[0]!,
  };
}

function explainStatus({ status, headers }: { status: number; headers: Readonly<Record<string, string>> }): string {
  const words = `${status} ${STATUS_CODES[status] ?? ""}`.trim();
  if (status >= 300 && status < 400 && headers["location"] !== undefined)
    return `the server redirects more than ${MAX_REDIRECTS} times (${words})`;
  return `the server answered ${words} where 200 is expected`;
}
