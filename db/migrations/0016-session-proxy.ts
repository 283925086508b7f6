/** The sealed password of a session's proxy. Compatible with code since 0001, which does not know the column. */
export function up(): string[] {
  return [`ALTER TABLE sessions ADD COLUMN proxy_password TEXT`];
}
