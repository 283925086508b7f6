/** What the phones have done before the probes run; the keys and ids are noted. */
import { mediaFile, PNG } from "../../harness/media-files.ts";
import { ring } from "./probes/call.ts";
import { DATA } from "./shapes.ts";
import { TENANT, type World } from "./world.ts";

/** Before the link: what the peer shows of itself. */
export async function preparePhones(world: World): Promise<void> {
  const { peer } = world;
  await world.perform(peer, "setProfile", { about: "At work", username: "the.peer" });
  await world.perform(peer, "setPicture", { id: peer.chatId, picture: DATA.png });
  await world.perform(peer, "setPresence", { available: true });
  const channel = await world.perform(peer, "createChannel", { name: "The peer's channel" });
  world.notes.set("peersChannel", channel.id);
}

/** After the link: messages, statuses, groups, requests and calls of the peer. */
export async function prepareSession(world: World): Promise<void> {
  await sendMessages(world);
  for (const name of ["peersStatus", "peersStatus2"]) world.notes.set(name, await postStatus(world, name));
  await prepareGroups(world);
  for (const name of ["call1", "call2", "call3", "call4"]) await ring(world, name);
}

async function sendMessages(world: World): Promise<void> {
  const { peer, personal, business } = world;
  const voice = { base64: mediaFile("voice.ogg").toString("base64"), mimetype: "audio/ogg; codecs=opus" };
  const messages = {
    text: { text: "from the peer" },
    image: { type: "image", text: "a dot", media: { base64: PNG.toString("base64"), mimetype: "image/png" } },
    voice: { type: "voice", seconds: 2, media: voice },
    voice2: { type: "voice", seconds: 2, media: voice },
    poll: { type: "poll", text: "Which?", options: ["one", "two"], selectableCount: 1 },
    toDelete: { text: "to be deleted" },
  };
  for (const [name, given] of Object.entries(messages))
    world.notes.set(name, await world.send(peer, personal.phone, given));
  const replyTo = world.note("text").split("_")[2];
  world.notes.set("answer", await world.send(peer, personal.phone, { text: "an answer", replyTo }));
  await world.send(peer, business.phone, { text: "to the shop" });
  await world.perform(peer, "send", {
    id: "3A00000000000000BUTTONS",
    to: personal.phone.chatId,
    type: "buttons",
    text: "Do you come?",
    details: {
      hydratedButtons: [
        { index: 0, quickReplyButton: { id: "yes", displayText: "Yes" } },
        { index: 1, quickReplyButton: { id: "no", displayText: "No" } },
      ],
    },
  });
  world.notes.set("buttons", `false_${peer.chatId}_3A00000000000000BUTTONS`);
}

async function postStatus(world: World, name: string): Promise<string> {
  const { peer } = world;
  const id = `3A00${name.toUpperCase()}`;
  await world.perform(peer, "send", { id, to: "status@broadcast", type: "text", text: name });
  return `false_status@broadcast_${id}_${peer.chatId}`;
}

/** Groups of the peer that can be joined, and groups of the account that the others ask to join. */
async function prepareGroups(world: World): Promise<void> {
  const { peer, third, personal, sandbox } = world;
  for (const [group, invite] of [
    ["peersGroup", "peersInvite"],
    ["peersGroup2", "peersInvite2"],
  ] as const) {
    const created = await world.perform(peer, "createGroup", { name: group, participants: [] });
    world.notes.set(group, created.group.id);
    const { code } = await world.perform(peer, "getInvite", { groupId: created.group.id, revoke: false });
    world.notes.set(invite, code);
  }
  for (const name of ["groupOfRequests", "groupOfRequests2"]) {
    const { group } = await world.perform(personal.phone, "createGroup", { name, participants: [] });
    world.notes.set(name, group.id);
    await sandbox.phones.approveJoins(TENANT, personal.phone.phone, group.id, true);
    const { code } = await world.perform(personal.phone, "getInvite", { groupId: group.id, revoke: false });
    for (const phone of [peer, third]) await world.perform(phone, "joinGroup", { code });
  }
}
