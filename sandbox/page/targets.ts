/** The message that a change is about, and how it is named on the wire. */
import type { WireMessage } from "../../contracts/sandbox-wire.ts";
import { MsgKey } from "./message-key.ts";
import type { MsgModel } from "./message-models.ts";
import { wireId } from "./outgoing.ts";
import { readMessagesById, type MessageRecord } from "./storage.ts";

/** The stored message that a change is about. */
export async function targetOf(
  chat: string,
  change: Pick<WireMessage, "targetId" | "targetFrom">,
): Promise<MessageRecord | undefined> {
  const candidates = await readMessagesById(chat, change.targetId ?? "");
  return candidates.find((record) => record.wire.from === change.targetFrom) ?? candidates[0];
}

/** The part of a wire message that names what it is about. */
export function about(msg: MsgModel): Pick<WireMessage, "id" | "to" | "targetId" | "targetFrom"> {
  return { id: MsgKey.newId(), to: msg.id.remote.toString(), targetId: msg.id.id, targetFrom: wireId(msg.sender) };
}
