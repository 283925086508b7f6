/** Requests that refer to a message: sent and received ones, old ones, revoked ones, and none at all. */
import { parseKey } from "../../../../contracts/message-key.ts";
import type { OutboundMessage } from "../../../../contracts/transport.ts";
import type { World } from "./world.ts";
import { DONE, row, type Table } from "./table.ts";

type Key = keyof World["keys"];
const OWN = "sent sentImage sentPoll";
const THEIRS = "received receivedInTheirs receivedInOwn";
const REVOKED = "sentAndRevoked receivedAndRevoked";
const NONE = "unknown malformed";

/** Sends to the chat of the message that the situation names. */
function toItsChat(content: (target: string) => OutboundMessage["content"]) {
  return (world: World, name: string) => {
    const target = world.keys[name as Key];
    return world.send(parseKey(target)?.chat ?? world.peer.chatId, content(target));
  };
}

const react = (emoji: string) => toItsChat((target) => ({ type: "reaction", target, emoji }));
const edit = toItsChat((target) => ({ type: "edit", target, text: "new" }));
const revoke = toItsChat((target) => ({ type: "revoke", target }));
const forward = (world: World, name: string) =>
  world.send(world.other.chatId, { type: "forward", target: world.keys[name as Key] });
const reply = (world: World, name: string) =>
  world.send(world.peer.chatId, { type: "text", text: "re" }, { quoted: world.keys[name as Key] });

const usable = { [`${OWN} ${THEIRS} sentLongAgo`]: DONE, [`${REVOKED} ${NONE}`]: "target_not_found" };

export const MESSAGE_TABLE: Table = {
  star: row((world, name) => world.run.star({ key: world.keys[name as Key], star: true }), {
    [`${OWN} ${THEIRS} sentLongAgo ${REVOKED}`]: DONE,
    [NONE]: "target_not_found",
  }),
  unstar: row((world, name) => world.run.star({ key: world.keys[name as Key], star: false }), {
    [`${OWN} ${THEIRS} sentLongAgo ${REVOKED}`]: DONE,
    [NONE]: "target_not_found",
  }),
  reaction: row(react("👍"), usable),
  "reaction withdrawn": row(react(""), usable),
  forward: row(forward, usable),
  reply: row(reply, usable),
  edit: row(edit, {
    "sent sentImage": DONE,
    [`${THEIRS} receivedAndRevoked sentPoll`]: "rejected_by_network",
    sentLongAgo: "too_late_to_change",
    [`sentAndRevoked ${NONE}`]: "target_not_found",
  }),
  revoke: row(revoke, {
    [`${OWN} sentAndRevoked receivedInOwn`]: DONE,
    "received receivedAndRevoked": "rejected_by_network",
    receivedInTheirs: "group_admin_only",
    sentLongAgo: "too_late_to_change",
    [NONE]: "target_not_found",
  }),
  "revoke again": row(revoke, { [`${OWN} receivedInOwn`]: DONE, received: "rejected_by_network" }),
  "edit what was revoked": row(edit, { [OWN]: "target_not_found" }),
  "react to what was revoked": row(react("👍"), { [`${OWN} receivedInOwn`]: "target_not_found", received: DONE }),
  "forward what was revoked": row(forward, { [`${OWN} receivedInOwn`]: "target_not_found", received: DONE }),
  "reply to what was revoked": row(reply, { [`${OWN} receivedInOwn`]: "target_not_found", received: DONE }),
};
