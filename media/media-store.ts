/**
 * The media store: one file per upload in the tenant's folder, mode 0600, and its row. The client's name is never used
 * on disk.
 */
import { createHash } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createId, type Id } from "../contracts/ids.ts";
import type { StoredMedia } from "../contracts/media.ts";
import type { Sql } from "../db/database.ts";
import type { MediaRow } from "../db/rows/media.ts";
import { findSameMedia, insertMedia, renewMedia } from "../db/statements/messages/media.ts";

/** The path of media, relative to the data directory. */
function pathOf(tenantId: string, id: string): string {
  return join("media", tenantId, id.slice(-2), id);
}

/** Media to be stored. */
export interface NewMedia {
  readonly tenantId: Id<"tenant">;
  readonly bytes: Uint8Array;
  readonly mimetype: string;
  readonly filename: string | null;
}

function digestOf({ bytes }: NewMedia): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Writes the bytes durably, and returns the row to be inserted in the transaction that refers to it. */
export async function writeMedia(dataDir: string, media: NewMedia): Promise<MediaRow> {
  const id = createId("upload");
  const path = pathOf(media.tenantId, id);
  const target = join(dataDir, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const file = await open(`${target}.part`, "w", 0o600);
  try {
    await file.writeFile(media.bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${target}.part`, target);
  const { mimetype, filename, bytes } = media;
  return {
    id,
    tenant_id: media.tenantId,
    path,
    mimetype,
    filename,
    size: bytes.byteLength,
    sha256: digestOf(media),
    created_at: Date.now(),
  };
}

/** ms for which media without a message are kept: the time in which an upload can be sent. */
export const UNUSED_KEPT = 24 * 3_600_000;

/** Makes sure that media are not deleted as unused before a message refers to them; false when they no longer exist. */
export async function protectMedia(sql: Sql, row: MediaRow): Promise<boolean> {
  const now = Date.now();
  return now - row.created_at < UNUSED_KEPT / 2 || renewMedia(sql, row.id, now);
}

/** Stores the bytes, unless the tenant has stored the same before: a repeated request takes no more space. */
export async function storeUpload(
  sql: Sql,
  dataDir: string,
  media: NewMedia,
  requireRoom: (bytes: number) => Promise<void>,
): Promise<MediaRow> {
  const known = await findSameMedia(sql, { ...media, tenant_id: media.tenantId, sha256: digestOf(media) });
  if (known !== undefined && (await protectMedia(sql, known))) return known;
  await requireRoom(media.bytes.byteLength);
  const row = await writeMedia(dataDir, media);
  try {
    await insertMedia(sql, row);
  } catch (error) {
    await rm(join(dataDir, row.path), { force: true });
    throw error;
  }
  return row;
}

/** The media with the path under which drivers open them. */
export function toStoredMedia(dataDir: string, row: MediaRow): StoredMedia {
  return { path: join(dataDir, row.path), mimetype: row.mimetype, filename: row.filename, size: row.size };
}
