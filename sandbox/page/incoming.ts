/** The server's durable events: each is stored with its number, acknowledged, and only then applied to the models. */
import type { DurableEvent } from "../../contracts/sandbox-wire.ts";
import { BackendEventBus } from "./connection-models.ts";
import { channelMessageEffect } from "./channels/channel-messages.ts";
import { statusEffect } from "./channels/statuses.ts";
import type { Effect } from "./effects.ts";
import { receiveGroup, receiveParticipants } from "./group-events.ts";
import { messageEffect } from "./message-effects.ts";
import { ephemeralEffect, keptEffect, pinnedEffect } from "./message-marks.ts";
import { receiptAmendments, receiptHandlers } from "./receipts.ts";
import { commit } from "./storage.ts";
import { createWid } from "./wid.ts";

const RECEIPT_STRINGS: Record<number, string> = { 2: "delivery", 3: "read", 4: "played" };
let processed = 0;

/** Sets the number of the last stored event; 0 for a new link. */
export function setProcessed(seq: number): void {
  processed = seq;
}

/** Stores an event, calls `acknowledge`, and shows it. An event that is already stored is only acknowledged. */
export async function receiveEvent(seq: number, event: DurableEvent, acknowledge: () => void): Promise<void> {
  if (seq <= processed) return acknowledge();
  const effect = await effectOf(event);
  await commit({ ...effect.changes, meta: { processed: seq } });
  processed = seq;
  acknowledge();
  BackendEventBus.trigger(event.type, event);
  await effect.show?.();
}

function effectOf(event: DurableEvent): Promise<Effect> | Effect {
  switch (event.type) {
    case "message":
      return messageEffect(event.message);
    case "receipt":
      return receiptEffect(event);
    case "group":
      return { changes: { groups: [event.group] }, show: () => receiveGroup(event.change, event.group) };
    case "participants":
      return { changes: { groups: [event.group] }, show: () => receiveParticipants(event) };
    case "status":
      return statusEffect(event.message);
    case "channel_message":
      return channelMessageEffect(event.message);
    case "pinned":
      return pinnedEffect(event);
    case "kept":
      return keptEffect(event);
    case "ephemeral":
      return ephemeralEffect(event);
  }
}

async function receiptEffect(event: Extract<DurableEvent, { type: "receipt" }>): Promise<Effect> {
  return { changes: { amendments: await receiptAmendments(event) }, show: () => showReceipt(event) };
}

/** Shows a receipt through the module that wa-js wraps. */
function showReceipt(event: Extract<DurableEvent, { type: "receipt" }>): Promise<void> {
  const isGroup = event.chat.endsWith("@g.us");
  const isShared = isGroup || event.chat.endsWith("@broadcast");
  const receipt = {
    type: "receipt" as const,
    ack: event.ack,
    ackString: RECEIPT_STRINGS[event.ack] ?? "delivery",
    externalIds: event.ids,
    from: createWid(event.chat),
    participant: isShared ? createWid(event.by) : null,
    recipient: null,
    ts: Math.floor(event.at / 1000),
  };
  if (isGroup) return receiptHandlers.group.handleGroupSimpleReceipt(receipt);
  if (isShared) return receiptHandlers.status.handleStatusSimpleReceipt(receipt);
  return receiptHandlers.chat.handleChatSimpleReceipt(receipt);
}
