/**
 * Endpoints that get the events of a session in their order. Compatible with code since 0001: it leaves the columns
 * alone, and delivers without an order.
 */
export function up(): string[] {
  return [
    `ALTER TABLE webhooks ADD COLUMN ordering TEXT NOT NULL DEFAULT 'none'`,
    // The stream that the delivery has to keep the order of, and its event's place in the log; null for no order.
    `ALTER TABLE deliveries ADD COLUMN lane TEXT`,
    `ALTER TABLE deliveries ADD COLUMN position BIGINT`,
    `CREATE INDEX deliveries_ordered ON deliveries(webhook_id, lane, position) WHERE status = 'pending' AND lane IS NOT NULL`,
  ];
}
