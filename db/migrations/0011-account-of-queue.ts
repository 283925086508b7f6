/**
 * The account that a session's queued messages are sent from, and since when the session is linked to another one.
 * Compatible with code since 0001, which leaves the columns alone.
 */
export function up(): string[] {
  return [
    `ALTER TABLE sessions ADD COLUMN queue_chat_id TEXT`,
    `ALTER TABLE sessions ADD COLUMN queue_lid TEXT`,
    `ALTER TABLE sessions ADD COLUMN account_changed_at BIGINT`,
    `UPDATE sessions SET queue_chat_id = me_chat_id, queue_lid = me_lid`,
  ];
}
