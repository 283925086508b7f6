/**
 * Media are found by what they are, so that the same is not stored twice. Compatible with code since 0001: an index.
 */
export function up(): string[] {
  return [`CREATE INDEX media_content ON media(tenant_id, sha256)`];
}
