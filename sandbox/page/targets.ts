/** Finds the target of a reaction, edit, revoke or vote, and refers to it on the wire. */
import type { WireMessage } from "../../contracts/sandbox-wire.ts";
import { MsgKey } from "./message-key.ts";
import type { MsgModel } from "./message-models.ts";
import { wireId } from "./outgoing.ts";
import { readMessagesById, type MessageRecord } from "./storage.ts";

/** The stored message that a change refers to. */
export async function targetOf(
  chat: string,
  change: Pick<WireMessage, "targetId" | "targetFrom">,
): Promise<MessageRecord | undefined> {
  const candidates = await readMessagesById(chat, change.targetId ?? "");
  return candidates.find((record) => record.wire.from === change.targetFrom) ?? candidates[0];
}

/** The fields of a new wire message that refers to `msg`. */
export function targetFields(msg: MsgModel): Pick<WireMessage, "id" | "to" | "targetId" | "targetFrom"> {
  return { id: MsgKey.newId(), to: msg.id.remote.toString(), targetId: msg.id.id, targetFrom: wireId(msg.sender) };
}
