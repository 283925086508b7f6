import type { Sql } from "../../database.ts";
import type { MediaRow } from "../../rows/media.ts";

/** Inserts the row of media whose file is already written. */
export async function insertMedia(sql: Sql, row: MediaRow): Promise<void> {
  await sql.run(
    `INSERT INTO media (id, tenant_id, path, mimetype, filename, size, sha256, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.id, row.tenant_id, row.path, row.mimetype, row.filename, row.size, row.sha256, row.created_at],
  );
}

/** The tenant's stored media with the same bytes, type and name. */
export async function findSameMedia(
  sql: Sql,
  media: Pick<MediaRow, "tenant_id" | "sha256" | "mimetype" | "filename">,
): Promise<MediaRow | undefined> {
  const { tenant_id, sha256, mimetype, filename } = media;
  const rows = await sql.all<MediaRow>(
    `SELECT * FROM media WHERE tenant_id = $1 AND sha256 = $2 AND mimetype = $3 AND COALESCE(filename, '') = $4
     ORDER BY id LIMIT 1`,
    [tenant_id, sha256, mimetype, filename ?? ""],
  );
  return rows[0];
}

/** Total size of the tenant's media, in bytes. */
export async function sumMedia(sql: Sql, tenantId: string): Promise<number> {
  const rows = await sql.all<{ bytes: number }>(
    "SELECT CAST(COALESCE(sum(size), 0) AS BIGINT) AS bytes FROM media WHERE tenant_id = $1",
    [tenantId],
  );
  return rows[0]!.bytes;
}

/** Total size of all media, in bytes. */
export async function sumAllMedia(sql: Sql): Promise<number> {
  return (await sql.all<{ bytes: number }>("SELECT CAST(COALESCE(sum(size), 0) AS BIGINT) AS bytes FROM media"))[0]!
    .bytes;
}

/** A tenant's media by its id. */
export async function findMedia(sql: Sql, tenantId: string, id: string): Promise<MediaRow | undefined> {
  return (await sql.all<MediaRow>("SELECT * FROM media WHERE tenant_id = $1 AND id = $2", [tenantId, id]))[0];
}

/** Resets the age of media; false when they no longer exist. */
export async function renewMedia(sql: Sql, id: string, now: number): Promise<boolean> {
  return (await sql.run("UPDATE media SET created_at = $2 WHERE id = $1", [id, now])) === 1;
}

/** Ids of media of all tenants, oldest first, after the given id. */
export async function listMediaIds(sql: Sql, after: string, limit: number): Promise<string[]> {
  return (await sql.all<{ id: string }>("SELECT id FROM media WHERE id > $1 ORDER BY id LIMIT $2", [after, limit])).map(
    ({ id }) => id,
  );
}

/**
 * Deletes the media with ids in (`after`, `last`] that are older than `before` and that no message refers to, and
 * returns the paths of their files. A row renewed by a concurrent request is checked again by the database and stays.
 */
export async function removeUnusedMedia(
  sql: Sql,
  range: { after: string; last: string },
  before: number,
): Promise<string[]> {
  const rows = await sql.all<{ path: string }>(
    `DELETE FROM media WHERE id > $1 AND id <= $2 AND created_at < $3
     AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.media_id = media.id) RETURNING path`,
    [range.after, range.last, before],
  );
  return rows.map(({ path }) => path);
}
