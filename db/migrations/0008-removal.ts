/**
 * Indexes for finding rows to delete: ended logins, their tokens, and media that no message refers to. Compatible with
 * code since 0001.
 */
export function up(): string[] {
  return [
    `CREATE INDEX refresh_tokens_login ON refresh_tokens(login_id)`,
    `CREATE INDEX logins_owner ON logins(user_id)`,
    `CREATE INDEX messages_media ON messages(media_id) WHERE media_id IS NOT NULL`,
  ];
}
