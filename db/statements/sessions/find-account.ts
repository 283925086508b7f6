import { addressOf, type Address } from "../../../contracts/address.ts";
import type { Sql } from "../../database.ts";

/** The account that the session is linked to; null when it is not linked. */
export async function findAccount(sql: Sql, sessionId: string): Promise<Address | null> {
  const [row] = await sql.all<{ me_chat_id: string | null; me_lid: string | null }>(
    "SELECT me_chat_id, me_lid FROM sessions WHERE id = $1",
    [sessionId],
  );
  return row === undefined || row.me_chat_id === null ? null : addressOf(row.me_chat_id, row.me_lid);
}
