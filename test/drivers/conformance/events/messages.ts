/** Messages in both directions, and everything that happens to them. */
import type { MediaKind } from "../../../../contracts/message-kinds.ts";
import { TENANT } from "../driver-fixture.ts";
import { MEDIA_SAMPLES } from "../media-samples.ts";
import type { Script, Step } from "./script.ts";
import { ack, address, change, groupAcks, message, sampleOf, text } from "./values.ts";

function media(type: MediaKind, given: object, reported: object): Step {
  const sample = sampleOf(type);
  return {
    act: (stage) => stage.from(stage.peer, { type, media: sample.given, ...given }),
    events: [message("false_peer_id1", "peer", { type, media: sample.reported, ...reported })],
  };
}

function content(given: object, reported: object): Step {
  return {
    act: (stage) => stage.from(stage.peer, given as never),
    events: [message("false_peer_id1", "peer", reported)],
  };
}

const cards = [
  { name: "Ada", phone: "+15550109999" },
  { name: "Bob", phone: "+15550108888" },
];
const place = { type: "location", latitude: 1.5, longitude: 2.5 };

export const MESSAGE_SCRIPT: Script = {
  "a message is delivered and read": {
    act: async ({ send, peer, fixture, session }) => {
      const key = await send(peer.chatId, { type: "text", text: "hello" });
      await fixture.sandbox.phones.read(TENANT, peer.phone, session.phone.phone, false);
      return key;
    },
    events: [ack("id1", "peer", 2, "peer"), ack("id1", "peer", 3, "peer")],
    answer: "true_peer_id1",
  },
  "a voice message is played": {
    act: async ({ send, peer, fixture, session }) => {
      await send(peer.chatId, { type: "voice", media: await fixture.store(MEDIA_SAMPLES.voice) });
      await fixture.sandbox.phones.read(TENANT, peer.phone, session.phone.phone, true);
    },
    events: [2, 3, 4].map((level) => ack("id1", "peer", level, "peer")),
  },
  "a message in a group is delivered and read": {
    act: async ({ send, peer, group, fixture }) => {
      const key = await send(group, { type: "text", text: "hello" });
      await fixture.sandbox.phones.read(TENANT, peer.phone, group, false);
      return key;
    },
    events: [...groupAcks("id1"), ack("id1", "group", 3, "peer")],
    answer: "true_group_id1_own-lid",
  },
  "the receipt of a send names the chat": {
    act: ({ session, peer, ids }) => {
      ids.push("3EB0123456789ABCDEF013");
      return session.driver.send({ waId: ids[0]!, to: peer.lid, content: { type: "text", text: "hello" } });
    },
    events: [ack("id1", "peer", 2, "peer")],
    answer: { key: "true_peer_id1", chat: address("peer"), ack: 1, at: "time" },
  },
  "a note to oneself is read": {
    act: ({ send, session }) => send(session.phone.chatId, { type: "text", text: "note" }),
    events: [ack("id1", "own", 3, "own")],
  },
  text: content({ type: "text", text: "olá" }, text("olá")),
  "text in a group, with a mention": {
    act: ({ from, peer, group, session }) =>
      from(peer, { to: group, type: "text", text: "hello @you", mentions: [session.phone.phone] }),
    events: [message("false_group_id1_peer", "peer", text("hello @you"), { mentions: ["own"] })],
  },
  image: media("image", { text: "words", viewOnce: true }, { caption: "words", viewOnce: true }),
  video: media("video", { text: "words" }, { caption: "words" }),
  gif: media("gif", {}, {}),
  audio: media("audio", {}, {}),
  voice: media("voice", { seconds: 3, waveform: [1, 2, 3] }, { seconds: 3, waveform: [1, 2, 3] }),
  document: media("document", { text: "words" }, { caption: "words" }),
  sticker: media("sticker", {}, {}),
  location: content(
    { ...place, name: "Name", address: "Street\nTown" },
    { ...place, name: "Name", address: "Street\nTown" },
  ),
  "location without a name": content(
    { ...place, address: "Street\nTown" },
    { ...place, name: "Street", address: "Town" },
  ),
  "contact card": content(
    { type: "contact", contacts: cards.slice(0, 1) },
    { type: "contact", contacts: cards.slice(0, 1) },
  ),
  "contact cards": content({ type: "contact", contacts: cards }, { type: "contact", contacts: cards }),
  poll: content(
    { type: "poll", text: "Tea?", options: ["yes", "no"], selectableCount: 1 },
    { type: "poll", question: "Tea?", options: ["yes", "no"], selectableCount: 1 },
  ),
  "a reply to the account": {
    act: async ({ send, from, peer, ids }) => {
      await send(peer.chatId, { type: "text", text: "q" });
      await from(peer, { type: "text", text: "a", replyTo: ids[0] });
    },
    events: [ack("id1", "peer", 2, "peer"), message("false_peer_id2", "peer", text("a"), { quoted: "true_peer_id1" })],
  },
  "a reply to oneself": {
    act: async ({ from, peer }) =>
      from(peer, { type: "text", text: "a", replyTo: await from(peer, { type: "text", text: "q" }) }),
    events: [
      message("false_peer_id1", "peer", text("q")),
      message("false_peer_id2", "peer", text("a"), { quoted: "false_peer_id1" }),
    ],
  },
  "replies in a group": {
    act: async ({ send, from, peer, other, group, ids }) => {
      await send(group, { type: "text", text: "q" });
      await from(peer, { to: group, type: "text", text: "a", replyTo: ids[0] });
      await from(other, { to: group, type: "text", text: "b", replyTo: ids[1] });
    },
    events: [
      ...groupAcks("id1"),
      message("false_group_id2_peer", "peer", text("a"), { quoted: "true_group_id1_own-lid" }),
      message("false_group_id3_other", "other", text("b"), { quoted: "false_group_id2_peer" }),
    ],
  },
  "a reaction, and its withdrawal": {
    act: async ({ send, from, peer, ids }) => {
      await send(peer.chatId, { type: "text", text: "q" });
      await from(peer, { type: "reaction", target: ids[0], text: "👍" });
      await from(peer, { type: "reaction", target: ids[0], text: "" });
    },
    events: [
      ack("id1", "peer", 2, "peer"),
      ...["👍", ""].map((emoji, index) =>
        change("reaction", "peer", {
          key: `false_peer_id${index + 2}`,
          target: "true_peer_id1",
          from: address("peer"),
          emoji,
        }),
      ),
    ],
  },
  "a reaction in a group": {
    act: async ({ from, peer, other, group }) => {
      const target = await from(other, { to: group, type: "text", text: "q" });
      await from(peer, { to: group, type: "reaction", target, text: "👍" });
    },
    events: [
      message("false_group_id1_other", "other", text("q")),
      change("reaction", "group", {
        key: "false_group_id2_peer",
        target: "false_group_id1_other",
        from: address("peer"),
        emoji: "👍",
      }),
    ],
  },
  "an edited text and an edited caption": {
    act: async ({ from, peer, group }) => {
      const target = await from(peer, { to: group, type: "text", text: "q" });
      await from(peer, { to: group, type: "edit", target, text: "new" });
      const image = await from(peer, { type: "image", media: sampleOf("image").given, text: "old" });
      await from(peer, { type: "edit", target: image, text: "new" });
    },
    events: [
      message("false_group_id1_peer", "peer", text("q")),
      change("edited", "group", { key: "false_group_id1_peer", text: "new" }),
      message("false_peer_id3", "peer", { type: "image", media: sampleOf("image").reported, caption: "old" }),
      change("edited", "peer", { key: "false_peer_id3", text: "new" }),
    ],
  },
  "revoked messages": {
    act: async ({ from, peer, group }) => {
      await from(peer, { type: "revoke", target: await from(peer, { type: "text", text: "q" }) });
      await from(peer, { to: group, type: "revoke", target: await from(peer, { to: group, type: "text", text: "q" }) });
    },
    events: [
      message("false_peer_id1", "peer", text("q")),
      change("revoked", "peer", { key: "false_peer_id1", by: address("peer") }),
      message("false_group_id3_peer", "peer", text("q")),
      change("revoked", "group", { key: "false_group_id3_peer", by: address("peer") }),
    ],
  },
  "a vote, and its withdrawal": {
    act: async ({ send, from, peer, ids }) => {
      await send(peer.chatId, { type: "poll", question: "Q", options: ["a", "b"], selectableCount: 0 });
      await from(peer, { type: "poll_vote", target: ids[0], options: ["b", "a"] });
      await from(peer, { type: "poll_vote", target: ids[0], options: [] });
    },
    events: [
      ack("id1", "peer", 2, "peer"),
      ...[["a", "b"], []].map((options) =>
        change("poll_vote", "peer", { target: "true_peer_id1", from: address("peer"), options }),
      ),
    ],
  },
  "what the account's own phone sends and changes": {
    act: async ({ from, peer, group, session }) => {
      const { phone } = session;
      await from(phone, { to: group, type: "text", text: "mine" });
      const target = await from(phone, { to: peer.phone, type: "text", text: "mine" });
      await from(phone, { to: peer.phone, type: "reaction", target, text: "👍" });
      await from(phone, { to: peer.phone, type: "edit", target, text: "new" });
      await from(phone, { to: peer.phone, type: "revoke", target });
    },
    events: [
      ...groupAcks("id1"),
      message("true_group_id1_own-lid", "own", text("mine")),
      ack("id2", "peer", 2, "peer"),
      message("true_peer_id2", "own", text("mine")),
      change("reaction", "peer", { key: "true_peer_id3", target: "true_peer_id2", from: address("own"), emoji: "👍" }),
      change("edited", "peer", { key: "true_peer_id2", text: "new" }),
      change("revoked", "peer", { key: "true_peer_id2", by: address("own") }),
    ],
  },
  "what the session changes itself": {
    act: async ({ send, from, peer, group }) => {
      const target = await send(peer.chatId, { type: "text", text: "q" });
      await send(peer.chatId, { type: "reaction", target, emoji: "👍" });
      await send(peer.chatId, { type: "edit", target, text: "new" });
      await send(peer.chatId, { type: "revoke", target });
      const id = await from(peer, { to: group, type: "text", text: "theirs" });
      await send(group, { type: "revoke", target: `false_${group}_${id}_${peer.chatId}` });
    },
    events: [ack("id1", "peer", 2, "peer"), message("false_group_id5_peer", "peer", text("theirs"))],
  },
};
