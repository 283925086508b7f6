/** Finds the chat that a privacy id belongs to. Compatible with code since 0001. */
export function up(): string[] {
  return [`CREATE INDEX messages_lid ON messages(session_id, chat_lid) WHERE chat_lid IS NOT NULL`];
}
