/**
 * An index of due deliveries by endpoint, so that the backlog of one endpoint does not slow down the others.
 * Compatible with the code of 0001.
 */
export function up(): string[] {
  return [
    `CREATE INDEX deliveries_lane ON deliveries(webhook_id, next_attempt_at, id) WHERE status = 'pending'`,
    `CREATE INDEX deliveries_finished ON deliveries(finished_at)`,
  ];
}
