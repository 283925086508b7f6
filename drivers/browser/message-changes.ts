/** Changes of messages that exist already: acks, edits, revokes, reactions, votes. */
import type { DriverEvent } from "../driver.ts";
import { STATUS_CHAT } from "../../contracts/address.ts";
import { ACK } from "../../contracts/states.ts";
import { parseKey, type MessageKey } from "../../contracts/message-key.ts";
import type { UnknownShapes } from "../unknown-shapes.ts";
import type { AddressBook } from "./address-book.ts";
import type { EventReporter } from "./event-reporter.ts";
import { parsePayload } from "./parsing.ts";
import { mediaTypeOf } from "./received-content.ts";
import { Edit, Message, Reaction, Receipt, Revoke, Vote } from "./shapes.ts";
import type { SyncCheckpoint } from "./sync-checkpoint.ts";

export interface ChangeParts {
  readonly reporter: EventReporter;
  readonly unknown: UnknownShapes;
  readonly addresses: AddressBook;
  readonly checkpoint: Pick<SyncCheckpoint, "wasReported" | "noteReported">;
  /** True for a change that this driver made itself; asked once for each. */
  readonly isOwnChange: (key: string) => boolean;
  /** WhatsApp has acknowledged a message of the account. */
  readonly onAcknowledged: (waId: string) => void;
}

function report(parts: ChangeParts, key: MessageKey, make: () => Promise<DriverEvent> | DriverEvent): void {
  void parts.reporter.report(key.chat, make);
}

/** For changes without a row in the layer above, which could not recognize them when they are read back after a gap. */
function reportOnce(parts: ChangeParts, key: MessageKey, signature: string, make: () => Promise<DriverEvent>): void {
  if (parts.checkpoint.wasReported(signature)) return;
  void parts.reporter
    .report(key.chat, make)
    .then((isStored) => (isStored ? parts.checkpoint.noteReported(signature) : undefined));
}

/** The ack of an own message as a whole. Who acknowledged it is known only in chats with one recipient. */
export function handleAck(parts: ChangeParts, payload: unknown): void {
  const message = parsePayload(Message, payload, parts.unknown, "onAck");
  const key = message === undefined ? null : parseKey(message.id);
  const ack = message?.ack ?? 0;
  if (key === null || !key.fromMe || ack < 1) return;
  parts.onAcknowledged(key.id);
  const by = ack >= 2 && !key.chat.endsWith("@g.us") ? key.chat : null;
  report(parts, key, () => ({ type: "ack", waId: key.id, chat: key.chat, ack, at: Date.now(), by }));
}

/** The acks of one member of a group. */
export function handleMemberReceipt(parts: ChangeParts, payload: unknown): void {
  const receipt = parsePayload(Receipt, payload, parts.unknown, "chat.msg_ack_change");
  if (receipt === undefined) return;
  const { ids, ack, by } = receipt;
  for (const id of ids) {
    const key = parseKey(id);
    if (key === null) continue;
    if (key.chat === STATUS_CHAT && ack === ACK.read)
      report(parts, key, async () => ({
        type: "status_viewed",
        id: key.id,
        by: await parts.addresses.resolve(by),
        at: Date.now(),
      }));
    report(parts, key, () => ({ type: "ack", waId: key.id, chat: key.chat, ack, at: Date.now(), by }));
  }
}

export function handleEdit(parts: ChangeParts, payload: unknown): void {
  const edit = parsePayload(Edit, payload, parts.unknown, "onMessageEdit");
  const key = edit === undefined ? null : parseKey(edit.id);
  if (edit === undefined || key === null || parts.isOwnChange(`edit ${edit.id}`)) return;
  // The body of a media message is its preview.
  const text = (mediaTypeOf(edit.msg) === null ? edit.msg.body : undefined) ?? edit.msg.caption ?? "";
  const at = edit.msg.latestEditSenderTimestampMs ?? Date.now();
  report(parts, key, async () => ({
    type: "edited",
    key: edit.id,
    chat: await parts.addresses.resolve(key.chat),
    text,
    at,
  }));
}

export function handleRevoke(parts: ChangeParts, payload: unknown): void {
  const revoke = parsePayload(Revoke, payload, parts.unknown, "onRevokedMessage");
  const key = revoke === undefined ? null : parseKey(revoke.refId);
  if (revoke === undefined || key === null) return;
  const by = revoke.author ?? revoke.from;
  report(parts, key, async () => {
    const [chat, who] = await parts.addresses.resolveAll([key.chat, by ?? key.chat]);
    return { type: "revoked", key: revoke.refId, chat: chat!, by: by === undefined ? null : who!, at: Date.now() };
  });
}

export function handleReaction(parts: ChangeParts, payload: unknown): void {
  const reaction = parsePayload(Reaction, payload, parts.unknown, "onReactionMessage");
  const [key, own] = reaction === undefined ? [null, null] : [parseKey(reaction.msgId), parseKey(reaction.id)];
  if (
    reaction === undefined ||
    key === null ||
    (own?.fromMe === true && parts.isOwnChange(`reaction ${reaction.msgId}`))
  )
    return;
  const signature = `${reaction.id} ${reaction.timestamp}`;
  reportOnce(parts, key, signature, async () => {
    const [chat, from] = await parts.addresses.resolveAll([key.chat, reaction.sender]);
    return {
      type: "reaction",
      key: reaction.id,
      target: reaction.msgId,
      chat: chat!,
      from: from!,
      emoji: reaction.reactionText ?? "",
      at: reaction.timestamp,
    };
  });
}

export function handleVote(parts: ChangeParts, payload: unknown): void {
  const vote = parsePayload(Vote, payload, parts.unknown, "onPollResponse");
  const key = vote === undefined ? null : parseKey(vote.msgId);
  if (vote === undefined || key === null) return;
  const options = vote.selectedOptions.flatMap((option) => (option === null ? [] : [option.name]));
  reportOnce(parts, key, `${vote.msgId} ${vote.sender} ${vote.timestamp}`, async () => {
    const [chat, from] = await parts.addresses.resolveAll([key.chat, vote.sender]);
    return { type: "poll_vote", target: vote.msgId, chat: chat!, from: from!, options, at: vote.timestamp };
  });
}
