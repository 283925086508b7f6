/** Requests about people, and sends to them. */
import { idOf } from "./world.ts";
import { DONE, row, type Row, type Table } from "./table.ts";

const ABOUT = { about: "Hey there! I am using WhatsApp." };
const OFFLINE = { online: false, lastSeen: null };
const NOBODY = "absent absentLid";
const GROUPS = "absentGroup ownGroup foreign";
const OTHERS = "channel list status";
const PEOPLE = "peer peerLid stranger blocking self selfLid";

/** Nothing but people and groups can be named. */
function unsupported(operation: string): Record<string, unknown> {
  return Object.fromEntries(
    OTHERS.split(" ").map((id) => [
      id,
      {
        kind: "rejected",
        failure: "unsupported_by_driver",
        says: `the driver does not support ${operation === "messages" ? "messages to" : `the operation ${operation} for`} ${id}`,
      },
    ]),
  );
}

function contact(who: string, name: string) {
  return { address: { chatId: who, phone: `+${who}`, lid: `${who}-lid` }, name, pushName: name, isBusiness: false };
}

function typing(state: "typing" | "recording" | "paused"): Row {
  return row((world, who) => world.run.typing({ chatId: idOf(world, who), state }), {
    [`${PEOPLE} ownGroup theirs locked`]: DONE,
    [NOBODY]: "number_not_on_whatsapp",
    "absentGroup foreign left": "not_group_member",
    announced: "group_admin_only",
    blocked: "rejected_by_network",
    ...unsupported("typing"),
  });
}

function block(blocked: boolean): Row {
  return row((world, who) => world.run.block({ chatId: idOf(world, who), blocked }), {
    "peer peerLid stranger blocked": DONE,
    "self selfLid": "rejected_by_network",
    [NOBODY]: "number_not_on_whatsapp",
    [GROUPS]: "invalid_recipient",
    ...unsupported("block"),
  });
}

const exists = (id: string, who: string) => [
  { chatId: id, exists: true, address: { chatId: who, phone: `+${who}`, lid: `${who}-lid` } },
];
const missing = (id: string) => [{ chatId: id, exists: false, address: null }];

export const PEOPLE_TABLE: Table = {
  typing: typing("typing"),
  recording: typing("recording"),
  "end of typing": typing("paused"),
  subscribePresence: row((world, who) => world.run.subscribePresence({ chatIds: [idOf(world, who)] }), {
    [`${PEOPLE} blocked ${NOBODY} ${GROUPS} ${OTHERS}`]: DONE,
  }),
  getPresence: row((world, who) => world.run.getPresence({ chatId: idOf(world, who) }), {
    "peer peerLid stranger blocking blocked": OFFLINE,
    [NOBODY]: "number_not_on_whatsapp",
    [GROUPS]: "invalid_recipient",
    ...unsupported("getPresence"),
  }),
  getContact: row((world, who) => world.run.getContact({ chatId: idOf(world, who) }), {
    "peer peerLid": contact("peer", "Peer"),
    stranger: contact("stranger", "Stranger"),
    blocked: contact("blocked", "Blocked"),
    blocking: contact("blocking", "Blocking"),
    "self selfLid": contact("own", "Owner"),
    [`${NOBODY} ${GROUPS}`]: DONE,
    ...unsupported("getContact"),
  }),
  getAbout: row((world, who) => world.run.getAbout({ chatId: idOf(world, who) }), {
    "peer peerLid stranger self selfLid blocked": ABOUT,
    [`blocking ${GROUPS}`]: { about: null },
    [NOBODY]: "number_not_on_whatsapp",
    ...unsupported("getAbout"),
  }),
  getPicture: row((world, who) => world.run.getPicture({ chatId: idOf(world, who) }), {
    [`${PEOPLE} blocked ${GROUPS}`]: { url: null },
    [NOBODY]: "number_not_on_whatsapp",
    ...unsupported("getPicture"),
  }),
  checkNumbers: row((world, who) => world.run.checkNumbers({ chatIds: [idOf(world, who)] }), {
    peer: exists("peer", "peer"),
    peerLid: exists("peer-lid", "peer"),
    stranger: exists("stranger", "stranger"),
    self: exists("own", "own"),
    selfLid: exists("own-lid", "own"),
    ...Object.fromEntries(`${NOBODY} absentGroup ${OTHERS}`.split(" ").map((who) => [who, missing(who)])),
    ownGroup: missing("ownGroup-group"),
  }),
  text: row((world, who) => world.send(idOf(world, who), { type: "text", text: "hello" }), {
    [`${PEOPLE} ownGroup theirs locked`]: DONE,
    [NOBODY]: "number_not_on_whatsapp",
    "absentGroup foreign left": "not_group_member",
    announced: "group_admin_only",
    blocked: "rejected_by_network",
    ...unsupported("messages"),
    channel: "target_not_found",
    status: DONE,
  }),
  find: row((world, who) => world.session.driver.find({ to: idOf(world, who), waId: "3EB0FFFFFFFFFFFFFFFFFF" }), {
    [`${PEOPLE} blocked ${NOBODY} ${GROUPS}`]: DONE,
  }),
  mention: row(
    (world, who) => world.send(world.groups.ownGroup, { type: "text", text: "@" }, { mentions: [idOf(world, who)] }),
    {
      [`peer peerLid stranger self ${NOBODY}`]: DONE,
      [`${GROUPS} ${OTHERS}`]: "invalid_recipient",
    },
  ),
  unblock: block(false),
  block: block(true),
  "block again": block(true),
};
