/** Sent messages, as the receiving phone sees them. */
import type { SandboxPhone } from "../../../../contracts/sandbox.ts";
import { hasOption } from "../../../../contracts/message-kinds.ts";
import type { Content } from "../../../../contracts/transport.ts";
import type { StoredMedia } from "../../../../contracts/media.ts";
import { MEDIA_SAMPLES, type MediaSample } from "../media-samples.ts";
import { parseVcard } from "../../../../contracts/vcard.ts";
import { operation, outbound, TENANT, type DriverFixture, type TestSession } from "../driver-fixture.ts";

interface Sent {
  readonly session: TestSession;
  readonly peer: SandboxPhone;
  readonly waId: string;
  readonly key: string;
}

/** Sends to a new phone and waits until it is there. */
async function send(fixture: DriverFixture, content: Content<StoredMedia>): Promise<Sent> {
  const session = await fixture.shared();
  const peer = await fixture.phone();
  const message = outbound(peer.chatId, content);
  const { key } = await session.driver.send(message);
  await fixture.received(peer, (item) => item.id === message.waId);
  return { session, peer, waId: message.waId, key };
}

async function item(fixture: DriverFixture, { peer, waId }: Sent) {
  return fixture.received(peer, (candidate) => candidate.id === waId);
}

function mediaCase(type: MediaSample["type"]) {
  return async (fixture: DriverFixture): Promise<void> => {
    const sample = MEDIA_SAMPLES[type];
    const hasCaption = hasOption(type, "caption");
    const media = await fixture.store(sample);
    const sent = await send(fixture, hasCaption ? { type, media, caption: "a caption" } : { type, media });
    const received = await item(fixture, sent);
    expect(received.type).toBe(type);
    expect(received.media?.base64).toBe(Buffer.from(sample.bytes).toString("base64"));
    expect(received.media?.mimetype.split(";")[0]).toBe(sample.mimetype.split(";")[0]);
    expect(received.text).toBe(hasCaption ? "a caption" : undefined);
    expect(received.viewOnce ?? false).toBe(false);
    if (type === "document") expect(received.media?.filename).toBe(sample.filename);
  };
}

export const SENDING_CASES = {
  "sends a text once, and reports its acks": async (fixture: DriverFixture) => {
    const { driver, recorder } = await fixture.shared();
    const peer = await fixture.phone();
    const message = outbound(peer.chatId, { type: "text", text: "hello, wörld 👋" });
    const receipt = await driver.send(message);
    expect(receipt).toMatchObject({
      key: `true_${peer.chatId}_${message.waId}`,
      chat: { chatId: peer.chatId, phone: peer.phone },
    });
    expect(receipt.ack).toBeGreaterThanOrEqual(1);
    const received = await fixture.received(peer, (candidate) => candidate.id === message.waId);
    expect(received).toMatchObject({ type: "text", text: "hello, wörld 👋", duplicates: 0 });
    await recorder.wait("ack", (event) => event.waId === message.waId && event.ack === 2);
    await fixture.sandbox.phones.read(TENANT, peer.phone, received.chat, false);
    const read = await recorder.wait("ack", (event) => event.waId === message.waId && event.ack === 3);
    expect(read.by).toBe(peer.chatId);
  },

  "sends an image byte for byte": mediaCase("image"),
  "sends a video byte for byte": mediaCase("video"),
  "sends a GIF byte for byte": mediaCase("gif"),
  "sends an audio file byte for byte": mediaCase("audio"),
  "sends a voice message byte for byte": mediaCase("voice"),
  "sends a document byte for byte": mediaCase("document"),
  "sends a sticker byte for byte": mediaCase("sticker"),

  "sends a document with its name and type, whatever they are": async (fixture: DriverFixture) => {
    const bytes = new Uint8Array(Buffer.from("a;b\n1;2\n"));
    const media = await fixture.store({ type: "document", mimetype: "text/csv", filename: "für 2026.csv", bytes });
    const received = await item(fixture, await send(fixture, { type: "document", media }));
    expect(received.media).toMatchObject({ mimetype: "text/csv", filename: "für 2026.csv", size: bytes.length });
    expect(received.text).toBeUndefined();
  },

  "sends media to be viewed once": async (fixture: DriverFixture) => {
    for (const type of ["image", "video", "voice"] as const) {
      const media = await fixture.store(MEDIA_SAMPLES[type]);
      const received = await item(fixture, await send(fixture, { type, media, viewOnce: true }));
      expect(received).toMatchObject({ type, viewOnce: true });
    }
  },

  "sends a voice message with its length and waveform": async (fixture: DriverFixture) => {
    const media = await fixture.store(MEDIA_SAMPLES.voice);
    const waveform = Array.from({ length: 64 }, (_, index) => Math.floor((index * 100) / 63));
    const sent = await send(fixture, { type: "voice", media, seconds: 1, waveform });
    const received = await item(fixture, sent);
    expect(received.seconds).toBe(1);
    expect(received.waveform).toHaveLength(64);
    // A driver may measure it again: the sample grows louder from the beginning to the end.
    const [early, middle, late] = [4, 32, 60].map((index) => received.waveform![index]!);
    expect(early).toBeLessThan(middle!);
    expect(middle).toBeLessThan(late!);
    expect(late).toBeGreaterThan(85);
  },

  "sends a location": async (fixture: DriverFixture) => {
    const sent = await send(fixture, {
      type: "location",
      latitude: -23.5505,
      longitude: -46.6333,
      name: "Sé",
      address: "São Paulo",
    });
    expect(await item(fixture, sent)).toMatchObject({
      type: "location",
      location: { latitude: -23.5505, longitude: -46.6333, name: "Sé" },
    });
  },

  "sends a contact card with several numbers, an organisation and odd names": async (fixture: DriverFixture) => {
    const card = {
      name: "Smith; John, Jr.",
      phone: "+15550109999",
      otherPhones: [{ phone: "+15550108888", label: "work" }],
      organization: "Smith, Jones; Co",
    };
    const sent = await send(fixture, { type: "contact", contacts: [card] });
    const { contacts } = await item(fixture, sent);
    expect(parseVcard(contacts?.[0]?.vcard ?? "")).toEqual({
      ...card,
      otherPhones: [{ phone: "+15550108888", label: "work" }],
    });
  },

  "sends several contact cards": async (fixture: DriverFixture) => {
    const cards = [
      { name: "Ada", phone: "+15550109999" },
      { name: "Bob", phone: "+15550108888" },
    ];
    const sent = await send(fixture, { type: "contact", contacts: cards });
    expect((await item(fixture, sent)).contacts).toMatchObject(cards);
  },

  "gives no read receipt by sending": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text: "?" });
    await recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
    const answer = outbound(peer.chatId, { type: "text", text: "an invoice" });
    await driver.send(answer);
    await fixture.received(peer, (candidate) => candidate.id === answer.waId);
    // Receipts go the same way as the message: by the time that it has answered a second one, they would be there.
    await driver.send(outbound(peer.chatId, { type: "text", text: "a second one" }));
    const question = await fixture.received(peer, (candidate) => candidate.id === id, "sent");
    expect(question.status).toBe("delivered");
  },

  "mentions only the given people": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const [peer, other] = [await fixture.phone(), await fixture.phone()];
    const digits = (chatId: string) => chatId.split("@")[0];
    const { group } = await operation(driver, "createGroup")({ name: "m", participants: [peer.chatId, other.chatId] });
    const text = `call @${digits(peer.chatId)} or @all`;
    const plain = outbound(group.id, { type: "text", text });
    await driver.send(plain);
    expect((await fixture.received(peer, ({ id }) => id === plain.waId)).mentions ?? []).toEqual([]);
    const naming = outbound(group.id, { type: "text", text }, { mentions: [other.chatId] });
    await driver.send(naming);
    expect((await fixture.received(peer, ({ id }) => id === naming.waId)).mentions).toEqual([other.chatId]);
  },

  "sends a contact": async (fixture: DriverFixture) => {
    const sent = await send(fixture, { type: "contact", contacts: [{ name: "Ada", phone: "+15550109999" }] });
    expect(await item(fixture, sent)).toMatchObject({
      type: "contact",
      contacts: [{ name: "Ada", phone: "+15550109999" }],
    });
  },

  "sends a poll": async (fixture: DriverFixture) => {
    const sent = await send(fixture, { type: "poll", question: "Tea?", options: ["yes", "no"], selectableCount: 1 });
    expect(await item(fixture, sent)).toMatchObject({
      type: "poll",
      text: "Tea?",
      options: ["yes", "no"],
      selectableCount: 1,
    });
  },

  "sends a reaction, and withdraws it": async (fixture: DriverFixture) => {
    const sent = await send(fixture, { type: "text", text: "react to me" });
    const { session, peer, waId, key } = sent;
    await session.driver.send(outbound(peer.chatId, { type: "reaction", target: key, emoji: "👍" }));
    await fixture.received(peer, (candidate) => candidate.id === waId && candidate.reactions[0]?.emoji === "👍");
    await session.driver.send(outbound(peer.chatId, { type: "reaction", target: key, emoji: "" }));
    await fixture.received(peer, (candidate) => candidate.id === waId && candidate.reactions.length === 0);
  },

  "sends a reply to an inbound message": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, {
      to: phone.phone,
      type: "text",
      text: "a question",
    });
    const { message } = await recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
    const reply = outbound(peer.chatId, { type: "text", text: "an answer" }, { quoted: message.key });
    await driver.send(reply);
    const received = await fixture.received(peer, (candidate) => candidate.id === reply.waId);
    expect(received).toMatchObject({ text: "an answer", quotedId: id });
  },

  "edits a message": async (fixture: DriverFixture) => {
    const { session, peer, waId, key } = await send(fixture, { type: "text", text: "first" });
    await session.driver.send(outbound(peer.chatId, { type: "edit", target: key, text: "second" }));
    const edited = await fixture.received(peer, (candidate) => candidate.id === waId && candidate.edited);
    expect(edited.text).toBe("second");
  },

  "revokes a message": async (fixture: DriverFixture) => {
    const { session, peer, waId, key } = await send(fixture, { type: "text", text: "oh no" });
    await session.driver.send(outbound(peer.chatId, { type: "revoke", target: key }));
    await fixture.received(peer, (candidate) => candidate.id === waId && candidate.revoked);
  },

  "forwards a message": async (fixture: DriverFixture) => {
    const { session, key } = await send(fixture, { type: "text", text: "pass it on" });
    const other = await fixture.phone();
    const forward = outbound(other.chatId, { type: "forward", target: key });
    await session.driver.send(forward);
    const received = await fixture.received(other, (candidate) => candidate.id === forward.waId);
    expect(received).toMatchObject({ text: "pass it on", forwarded: true });
  },

  "forwards a GIF as a GIF, and a voice message with its length": async (fixture: DriverFixture) => {
    const other = await fixture.phone();
    for (const type of ["gif", "voice"] as const) {
      const media = await fixture.store(MEDIA_SAMPLES[type]);
      const shape = type === "voice" ? { seconds: 1, waveform: [100] } : {};
      const { session, key } = await send(fixture, { type, media, ...shape });
      const forward = outbound(other.chatId, { type: "forward", target: key });
      await session.driver.send(forward);
      const received = await fixture.received(other, (candidate) => candidate.id === forward.waId);
      expect(received).toMatchObject({ type, forwarded: true, ...(type === "voice" ? { seconds: 1 } : {}) });
      expect(received.media?.base64).toBe(Buffer.from(MEDIA_SAMPLES[type].bytes).toString("base64"));
    }
  },

  "sends several messages at the same time": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const messages = ["one", "two", "three"].map((text) => outbound(peer.chatId, { type: "text", text }));
    await Promise.all(messages.map((message) => driver.send(message)));
    const inbox = await fixture.sandbox.phones.inbox(TENANT, peer.phone);
    expect(inbox.data.map(({ id }) => id).toSorted()).toEqual(messages.map(({ waId }) => waId).toSorted());
  },

  "rejects a number that is not on WhatsApp": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const message = outbound("15559999999@c.us", { type: "text", text: "no one" });
    await expect(driver.send(message)).rejects.toMatchObject({
      name: "DriverError",
      kind: "rejected",
      failure: "number_not_on_whatsapp",
    });
  },

  "sends one message for an id that is sent twice": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const message = outbound(peer.chatId, { type: "text", text: "only once" });
    const first = await driver.send(message);
    const second = await driver.send(message);
    expect(second.key).toBe(first.key);
    const inbox = await fixture.sandbox.phones.inbox(TENANT, peer.phone);
    expect(inbox.data.map((candidate) => candidate.text)).toEqual(["only once"]);
  },

  "finds a sent message by its id, and not an unknown one": async (fixture: DriverFixture) => {
    const { session, peer, waId, key } = await send(fixture, { type: "text", text: "find me" });
    const found = await session.driver.find({ waId, to: peer.chatId });
    expect(found).toMatchObject({ key, chat: { chatId: peer.chatId } });
    expect(found?.ack).toBeGreaterThanOrEqual(1);
    expect(await session.driver.find({ waId: "3EB0FFFFFFFFFFFFFFFFFF", to: peer.chatId })).toBeNull();
  },
};
