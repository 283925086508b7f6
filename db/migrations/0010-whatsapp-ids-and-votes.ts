/**
 * Messages are found by WhatsApp's own id, and polls keep their votes. Compatible with code since 0001: messages that
 * older code stores are found by their whole key only.
 */
import type { Dialect } from "../database.ts";

export function up(dialect: Dialect): string[] {
  return [
    // WhatsApp's id of a received message, whose `wa_id` is the whole key; null for messages of the account.
    `ALTER TABLE messages ADD COLUMN stanza_id TEXT`,
    // JSON object: the options that each voter has chosen, by chat id.
    `ALTER TABLE messages ADD COLUMN votes TEXT`,
    `UPDATE messages SET stanza_id = ${stanzaId(dialect)} WHERE wa_id LIKE 'false#_%' ESCAPE '#'`,
    `CREATE INDEX messages_stanza ON messages(session_id, stanza_id) WHERE stanza_id IS NOT NULL`,
  ];
}

/** The id in a key, `false_<chat>_<id>` or `false_<chat>_<id>_<author>`. */
function stanzaId(dialect: Dialect): string {
  if (dialect === "postgres") return "split_part(wa_id, '_', 3)";
  const after = (text: string) => `substr(${text}, instr(${text}, '_') + 1)`;
  const rest = `${after(after("wa_id"))} || '_'`;
  return `substr(${rest}, 1, instr(${rest}, '_') - 1)`;
}
