/**
 * The timelines of PostgreSQL that were seen: a new one means that a standby was promoted. Compatible with code since
 * 0001, which does not know the table.
 */
export function up(): string[] {
  return [`CREATE TABLE database_timelines (timeline BIGINT PRIMARY KEY, seen_at BIGINT NOT NULL)`];
}
