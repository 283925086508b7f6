/**
 * The form of an endpoint's bodies. Compatible with code since 0001, which leaves the column alone and delivers the
 * standard form.
 */
export function up(): string[] {
  return [`ALTER TABLE webhooks ADD COLUMN format TEXT NOT NULL DEFAULT 'standard'`];
}
