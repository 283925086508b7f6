/** Reads an uploaded file, up to the size limit. */
import type { Readable } from "node:stream";
import type { Context } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import type { CallMeta } from "../../access/call.ts";
import { cleanName } from "../../media/file-names.ts";
import { identify, TypeMismatch } from "../../media/media-types.ts";

/** ms for the whole upload. */
const UPLOAD_TIMEOUT = 120_000;

/** Reads the file of an upload. Throws the problems `media_too_large` beyond `maxBytes`, and `media_invalid`. */
export async function readUpload(
  ctx: Context<unknown, CallMeta>,
  maxBytes: number,
): Promise<{ bytes: Buffer; mimetype: string; filename: string | null }> {
  const stream = ctx.stream as Readable | null | undefined;
  if (stream === undefined || stream === null)
    throw new Problem("media_invalid", "one file is expected, as multipart/form-data");
  const timer = setTimeout(
    () =>
      stream.destroy(new Problem("request_timeout", `the upload was not complete after ${UPLOAD_TIMEOUT / 1_000} s`)),
    UPLOAD_TIMEOUT,
  );
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += (chunk as Buffer).byteLength;
      if (size > maxBytes) throw new Problem("media_too_large", `more than ${Math.floor(maxBytes / 1_048_576)} MB`);
      chunks.push(chunk as Buffer);
    }
  } finally {
    clearTimeout(timer);
  }
  if (size === 0) throw new Problem("media_invalid", "the file is empty");
  const bytes = Buffer.concat(chunks);
  const { filename, attached } = declaredIn(ctx.params);
  try {
    const { mimetype } = await identify(bytes, { declared: null, attached, filename });
    return { bytes, mimetype, filename };
  } catch (error) {
    throw error instanceof TypeMismatch ? new Problem("media_invalid", error.message) : error;
  }
}

/** The name and type that the form declares; moleculer-web adds them to the parameters. */
function declaredIn(params: unknown): { filename: string | null; attached: string | null } {
  const given = (typeof params === "object" && params !== null ? params : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof given[name] === "string" ? given[name] : null);
  return { filename: cleanName(text("$filename")), attached: text("$mimetype") };
}
