/**
 * An index of media by content, so that the same content is not stored twice. Compatible with code since 0001.
 */
export function up(): string[] {
  return [`CREATE INDEX media_content ON media(tenant_id, sha256)`];
}
