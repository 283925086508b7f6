/**
 * Who set up a webhook, with whose permissions it reads events, and an index of the keys that a user or a key has made.
 * Compatible with code since 0001, which leaves the column empty: such a webhook belongs to the tenant.
 */
export function up(): string[] {
  return [
    `ALTER TABLE webhooks ADD COLUMN created_by TEXT`,
    `CREATE INDEX api_keys_maker ON api_keys(created_by) WHERE created_by IS NOT NULL`,
  ];
}
