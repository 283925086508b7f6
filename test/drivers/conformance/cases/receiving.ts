/** Messages from others, and from the session's own phone. */
import type { SandboxMessage } from "../../../../contracts/sandbox.ts";
import type { InboundMessage } from "../../../../contracts/transport.ts";
import { MEDIA_SAMPLES, type MediaSample } from "../media-samples.ts";
import { outbound, TENANT, type DriverFixture } from "../driver-fixture.ts";

/** A new phone writes to the shared session; returns the reported message. */
async function receive(fixture: DriverFixture, message: Omit<SandboxMessage, "to">) {
  const session = await fixture.shared();
  const peer = await fixture.phone("Peer");
  const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, { ...message, to: session.phone.phone });
  const event = await session.recorder.wait(
    "message",
    (candidate) => candidate.message.key === `false_${peer.chatId}_${id}`,
  );
  return { session, peer, id, message: event.message };
}

function mediaCase(type: MediaSample["type"]) {
  return async (fixture: DriverFixture): Promise<void> => {
    const sample = MEDIA_SAMPLES[type];
    const base64 = Buffer.from(sample.bytes).toString("base64");
    const { message } = await receive(fixture, {
      type,
      media: { base64, mimetype: sample.mimetype, filename: sample.filename },
    });
    expect(message.content.type).toBe(type);
    const media = mediaOf(message);
    expect(Buffer.from(media?.bytes ?? []).toString("base64")).toBe(base64);
    expect(media?.mimetype.split(";")[0]).toBe(sample.mimetype.split(";")[0]);
  };
}

function mediaOf({ content }: InboundMessage) {
  return "media" in content ? content.media : null;
}

export const RECEIVING_CASES = {
  "receives a text": async (fixture: DriverFixture) => {
    const before = Date.now();
    const { peer, message } = await receive(fixture, { type: "text", text: "olá" });
    expect(message).toMatchObject({
      chat: { chatId: peer.chatId, phone: peer.phone },
      from: { chatId: peer.chatId, phone: peer.phone },
      pushName: "Peer",
      content: { type: "text", text: "olá" },
      quoted: null,
      mentions: [],
      backfill: false,
    });
    expect(Math.abs(message.at - before)).toBeLessThan(60_000);
  },

  "receives an image byte for byte": mediaCase("image"),
  "receives a video byte for byte": mediaCase("video"),
  "receives a GIF byte for byte": mediaCase("gif"),
  "receives an audio file byte for byte": mediaCase("audio"),
  "receives a voice message byte for byte": mediaCase("voice"),
  "receives a document byte for byte": mediaCase("document"),
  "receives a sticker byte for byte": mediaCase("sticker"),

  "receives a voice message with its length and waveform": async (fixture: DriverFixture) => {
    const { mimetype, bytes } = MEDIA_SAMPLES.voice;
    const base64 = Buffer.from(bytes).toString("base64");
    const waveform = Array.from({ length: 64 }, (_, index) => index);
    const { message } = await receive(fixture, { type: "voice", media: { base64, mimetype }, seconds: 1, waveform });
    expect(message.content).toMatchObject({ type: "voice", seconds: 1, waveform });
  },

  "receives a location": async (fixture: DriverFixture) => {
    const { message } = await receive(fixture, { type: "location", latitude: 52.52, longitude: 13.405, name: "Alex" });
    expect(message.content).toMatchObject({ type: "location", latitude: 52.52, longitude: 13.405 });
  },

  "receives a contact": async (fixture: DriverFixture) => {
    const { message } = await receive(fixture, { type: "contact", contacts: [{ name: "Ada", phone: "+15550109999" }] });
    expect(message.content).toMatchObject({ type: "contact", contacts: [{ name: "Ada", phone: "+15550109999" }] });
  },

  "receives contact cards as other makes of phones write them": async (fixture: DriverFixture) => {
    const write = (...lines: string[]) => ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD"].join("\n");
    const contacts = [
      { name: "Ada", vcard: write("FN:Ada", "item1.TEL:+1 555 010-9999", "item1.X-ABLabel:Work") },
      { name: "Bob", vcard: write("FN:Smith\\, Bob", "TEL;waid=15550108888:+1 555 010-8888", "TEL:+1 555 010-7777") },
    ];
    const { message } = await receive(fixture, { type: "contact", contacts });
    expect(message.content).toEqual({
      type: "contact",
      contacts: [
        { name: "Ada", phone: "+15550109999" },
        { name: "Smith, Bob", phone: "+15550108888", otherPhones: [{ phone: "+15550107777" }] },
      ],
    });
  },

  "receives a location with an address of several lines": async (fixture: DriverFixture) => {
    const place = { latitude: 52.52, longitude: 13.405, name: "Alex", address: "Alexanderplatz 1\n10178 Berlin" };
    const { message } = await receive(fixture, { type: "location", ...place });
    expect(message.content).toEqual({ type: "location", ...place });
  },

  "receives a poll": async (fixture: DriverFixture) => {
    const { message } = await receive(fixture, {
      type: "poll",
      text: "Tea?",
      options: ["yes", "no"],
      selectableCount: 1,
    });
    expect(message.content).toMatchObject({ type: "poll", question: "Tea?", options: ["yes", "no"] });
  },

  "receives a reply to its own message": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const sent = outbound(peer.chatId, { type: "text", text: "a question" });
    const { key } = await driver.send(sent);
    await fixture.sandbox.phones.send(TENANT, peer.phone, {
      to: phone.phone,
      type: "text",
      text: "an answer",
      replyTo: sent.waId,
    });
    const { message } = await recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
    expect(message.quoted).toBe(key);
  },

  "receives a reaction": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const sent = outbound(peer.chatId, { type: "text", text: "react to me" });
    const { key } = await driver.send(sent);
    await fixture.sandbox.phones.send(TENANT, peer.phone, {
      to: phone.phone,
      type: "reaction",
      target: sent.waId,
      text: "❤️",
    });
    const reaction = await recorder.wait("reaction", (event) => event.from.chatId === peer.chatId);
    expect(reaction).toMatchObject({ target: key, emoji: "❤️", chat: { chatId: peer.chatId } });
  },

  "receives a vote on its poll": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const poll = outbound(peer.chatId, { type: "poll", question: "Tea?", options: ["yes", "no"], selectableCount: 1 });
    const { key } = await driver.send(poll);
    await fixture.sandbox.phones.send(TENANT, peer.phone, {
      to: phone.phone,
      type: "poll_vote",
      target: poll.waId,
      options: ["no"],
    });
    const vote = await recorder.wait("poll_vote", (event) => event.from.chatId === peer.chatId);
    expect(vote).toMatchObject({ target: key, options: ["no"] });
  },

  "receives an edit": async (fixture: DriverFixture) => {
    const { session, peer, id, message } = await receive(fixture, { type: "text", text: "first" });
    await fixture.sandbox.phones.send(TENANT, peer.phone, {
      to: session.phone.phone,
      type: "edit",
      target: id,
      text: "second",
    });
    const edited = await session.recorder.wait("edited", (event) => event.key === message.key);
    expect(edited).toMatchObject({ text: "second", chat: { chatId: peer.chatId } });
  },

  "receives a revoke": async (fixture: DriverFixture) => {
    const { session, peer, id, message } = await receive(fixture, { type: "text", text: "oh no" });
    await fixture.sandbox.phones.send(TENANT, peer.phone, { to: session.phone.phone, type: "revoke", target: id });
    const revoked = await session.recorder.wait("revoked", (event) => event.key === message.key);
    expect(revoked.chat.chatId).toBe(peer.chatId);
  },

  "reports messages that its own phone sends": async (fixture: DriverFixture) => {
    const { recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const { id } = await fixture.sandbox.phones.send(TENANT, phone.phone, {
      to: peer.phone,
      type: "text",
      text: "from my phone",
    });
    const { message } = await recorder.wait("message", (event) => event.message.key === `true_${peer.chatId}_${id}`);
    expect(message).toMatchObject({
      from: { chatId: phone.chatId },
      chat: { chatId: peer.chatId },
      content: { type: "text", text: "from my phone" },
    });
  },
};
