/** The messages that a caller may read or change. Any other message is reported as not found. */
import { mayUseSession, requireSession } from "../../access/session-scope.ts";
import { Problem } from "../../contracts/errors.ts";
import type { Principal } from "../../contracts/permissions.ts";
import type { StoredStatus } from "../../contracts/states.ts";
import type { MessageRow } from "../../db/rows/message.ts";
import { findReferenced } from "../../db/statements/messages/find-message.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import type { MessageService } from "./types.ts";

/**
 * Returns the message. Throws the problem `not_found` when there is none or the caller may not see it, and `conflict`
 * when WhatsApp's id belongs to messages of several sessions.
 */
export async function requireMessage(service: MessageService, principal: Principal, id: string): Promise<MessageRow> {
  const rows = await findReferenced(service.database, principal.tenantId, null, id);
  const [row, other] = rows.filter(({ session_id }) => mayUseSession(principal, session_id));
  if (row === undefined) throw new Problem("not_found", `there is no message "${id}"`);
  if (other !== undefined)
    throw new Problem("conflict", `several sessions have a message "${id}"; use its id, which starts with msg_`);
  return row;
}

const CHANGEABLE: ReadonlySet<StoredStatus> = new Set(["sent", "delivered", "read", "played"]);

/**
 * Returns the message to be revoked, with its session: like `requireChangeable`, and in a group one of someone else,
 * which its admins may delete for everyone.
 */
export async function requireRevocable(
  service: MessageService,
  principal: Principal,
  id: string,
): Promise<{ row: MessageRow; session: SessionRow }> {
  const row = await requireMessage(service, principal, id);
  if (row.direction !== "inbound" || !row.chat_id.endsWith("@g.us") || row.revoked_at !== null)
    return requireChangeable(service, principal, id);
  return { row, session: await requireSession(service.database, principal, row.session_id) };
}

/**
 * Returns the message to be edited, with its session. Throws the problem `not_changeable` unless it is outbound and was
 * sent.
 */
export async function requireChangeable(
  service: MessageService,
  principal: Principal,
  id: string,
): Promise<{ row: MessageRow; session: SessionRow }> {
  const row = await requireMessage(service, principal, id);
  const { direction, status } = row;
  if (direction !== "outbound" || !CHANGEABLE.has(status)) {
    const detail = `only a message that was sent can be changed; this one is ${direction} and ${status}`;
    throw new Problem("not_changeable", detail, { facts: { status } });
  }
  if (row.revoked_at !== null) throw new Problem("not_changeable", "the message was revoked");
  return { row, session: await requireSession(service.database, principal, row.session_id) };
}
