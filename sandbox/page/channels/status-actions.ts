/** A user's actions on statuses. Sending one is sending a message to the chat of statuses. */
import { define } from "../loader.ts";
import type { MsgModel } from "../message-models.ts";
import { amendMessage } from "../storage.ts";
import { targetFields } from "../targets.ts";
import { ask } from "../wire.ts";
import type { StatusV3Model } from "./statuses.ts";

async function sendStatusRevokeMsgAction(statuses: StatusV3Model | undefined, msg: MsgModel): Promise<void> {
  await ask("send", { ...targetFields(msg), type: "revoke" });
  await amendMessage(msg.id.toString(), (record) => ({ ...record, revoked: true }));
  msg.set({ type: "revoked", body: undefined });
  statuses?.removeMsg(msg.id);
}

define("WAWebRevokeStatusAction", { sendStatusRevokeMsgAction });

/** On the real network, whom the keys of statuses are sent to. Here the server decides by the privacy settings. */
define("WAWebDBUpdateParticipants", {
  updateParticipants: () => Promise.resolve(),
  addParticipants: () => Promise.resolve(),
  getParticipants: () => Promise.resolve([]),
});

define("WAWebRandomHex", {
  randomHex: (bytes: number): string =>
    Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0"))
      .join("")
      .toUpperCase(),
});
