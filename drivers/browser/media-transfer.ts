/**
 * Moves media into and out of the page, in slices: Chromium drops a debugging pipe that carries too much in one
 * message.
 */
import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { z } from "zod";
import type { MediaBytes, StoredMedia } from "../../contracts/media.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { PageCalls } from "./page-calls.ts";

/** Bytes. A multiple of three, so that slices in Base64 can be joined. */
const SLICE = 3 * 1024 * 1024;
const DOWNLOAD_WITHIN_MS = 60_000;
/** Bytes. */
const DOWNLOAD_LIMIT = 64 * 1024 * 1024;

declare global {
  var wppBlobs: Map<string, Blob> | undefined;
}

/** Puts a stored file into the page and returns its name there. The caller must `forget` it afterwards. */
export async function upload(page: PageCalls, media: StoredMedia): Promise<string> {
  const id = randomUUID();
  const file = await open(media.path).catch(() => {
    throw new DriverError("rejected", `the media file ${media.path} cannot be read`, "media_missing");
  });
  try {
    const buffer = Buffer.alloc(SLICE);
    for (let position = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, SLICE, position);
      if (bytesRead === 0 && position > 0) break;
      position += bytesRead;
      await append(page, id, buffer.toString("base64", 0, bytesRead), media.mimetype);
      if (bytesRead === 0) break;
    }
  } catch (error) {
    await forget(page, id).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
  return id;
}

function append(page: PageCalls, id: string, data: string, type: string): Promise<unknown> {
  return page.run(
    z.null(),
    (slice) => {
      const blobs = (globalThis.wppBlobs ??= new Map());
      const part = Uint8Array.fromBase64(slice.data);
      blobs.set(slice.id, new Blob([blobs.get(slice.id) ?? "", part], { type: slice.type }));
    },
    { id, data, type },
  );
}

/** Removes a blob from the page's memory. */
export async function forget(page: PageCalls, id: string): Promise<void> {
  await page.run(z.null(), (blob) => void globalThis.wppBlobs?.delete(blob), id);
}

const Found = z.object({ size: z.int(), type: z.string() });

/** The media of a message, downloaded by the page if it does not have them; null when they are too large. */
export async function download(
  page: PageCalls,
  key: string,
  { mimetype, filename }: { mimetype: string | undefined; filename: string | undefined },
): Promise<MediaBytes | null> {
  const id = randomUUID();
  try {
    const found = await page.run(Found, fetchBlob, { id, key }, DOWNLOAD_WITHIN_MS);
    if (found.size > DOWNLOAD_LIMIT) return null;
    const parts: Buffer[] = [];
    for (let start = 0; start < found.size; start += SLICE)
      parts.push(Buffer.from(await page.run(z.string(), readSlice, { id, start, end: start + SLICE }), "base64"));
    return {
      bytes: Uint8Array.from(Buffer.concat(parts)),
      mimetype: mimetype ?? (found.type || "application/octet-stream"),
      filename: filename ?? null,
    };
  } finally {
    await forget(page, id).catch(() => undefined);
  }
}

/** Runs in the page. */
async function fetchBlob({ id, key }: { id: string; key: string }): Promise<unknown> {
  const blob = await WPP.chat.downloadMedia(key);
  (globalThis.wppBlobs ??= new Map()).set(id, blob);
  return { size: blob.size, type: blob.type };
}

/** Runs in the page. */
async function readSlice({ id, start, end }: { id: string; start: number; end: number }): Promise<string> {
  const blob = globalThis.wppBlobs?.get(id);
  if (blob === undefined) throw new Error("the blob is gone");
  const url = await WPP.util.blobToBase64(blob.slice(start, end));
  return url.slice(url.indexOf(",") + 1);
}
