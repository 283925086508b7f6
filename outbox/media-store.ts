/** Media at rest: one file per upload below the tenant's folder, mode 0600, and its row. The name on disk is ours, never the client's. */
import { createHash } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createId, type Id } from "../contracts/ids.ts";
import type { StoredMedia } from "../contracts/media.ts";
import { insertMedia, type MediaRow } from "../db/statements/media.ts";
import type { Sql } from "../db/database.ts";

/** Where the media of one tenant lie below the data directory. */
function pathOf(tenantId: string, id: string): string {
  return join("media", tenantId, id.slice(-2), id);
}

/** Writes the bytes durably and returns their row, still to be inserted by `insertMedia` in the transaction that refers to it. */
export async function writeMedia(
  dataDir: string,
  media: { tenantId: Id<"tenant">; bytes: Uint8Array; mimetype: string; filename: string | null },
): Promise<MediaRow> {
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
  return {
    id,
    tenant_id: media.tenantId,
    path,
    mimetype: media.mimetype,
    filename: media.filename,
    size: media.bytes.byteLength,
    sha256: createHash("sha256").update(media.bytes).digest("hex"),
    created_at: Date.now(),
  };
}

/** Stores bytes that nothing refers to yet: an upload. */
export async function storeUpload(
  sql: Sql,
  dataDir: string,
  media: { tenantId: Id<"tenant">; bytes: Uint8Array; mimetype: string; filename: string | null },
): Promise<MediaRow> {
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
