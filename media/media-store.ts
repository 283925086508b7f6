/** Media at rest: one file per upload below the tenant's folder, mode 0600, and its row. The name on disk is ours, never the client's. */
import { createHash } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createId, type Id } from "../contracts/ids.ts";
import type { StoredMedia } from "../contracts/media.ts";
import { findSameMedia, insertMedia, renewMedia, type MediaRow } from "../db/statements/messages/media.ts";
import type { Sql } from "../db/database.ts";

/** Where the media of one tenant lie below the data directory. */
function pathOf(tenantId: string, id: string): string {
  return join("media", tenantId, id.slice(-2), id);
}

/** Media on their way into the store. */
export interface NewMedia {
  readonly tenantId: Id<"tenant">;
  readonly bytes: Uint8Array;
  readonly mimetype: string;
  readonly filename: string | null;
}

function digestOf({ bytes }: NewMedia): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Writes the bytes durably and returns their row, still to be inserted by `insertMedia` in the transaction that refers to it. */
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

/** ms for which media are kept that no message refers to: an upload can be sent this long. */
export const UNUSED_KEPT = 24 * 3_600_000;

/** Sees to it that media are not let go before a message refers to them; false when they are gone already. */
export async function holdMedia(sql: Sql, row: MediaRow): Promise<boolean> {
  const now = Date.now();
  return now - row.created_at < UNUSED_KEPT / 2 || renewMedia(sql, row.id, now);
}

/** Stores bytes that nothing refers to yet. What the tenant has stored already is not stored again: a repeated send costs no room. */
export async function storeUpload(
  sql: Sql,
  dataDir: string,
  media: NewMedia,
  requireRoom: (bytes: number) => Promise<void>,
): Promise<MediaRow> {
  const known = await findSameMedia(sql, { ...media, tenant_id: media.tenantId, sha256: digestOf(media) });
  if (known !== undefined && (await holdMedia(sql, known))) return known;
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

/** What a driver is given to send. */
export function toStoredMedia(dataDir: string, row: MediaRow): StoredMedia {
  return { path: join(dataDir, row.path), mimetype: row.mimetype, filename: row.filename, size: row.size };
}
