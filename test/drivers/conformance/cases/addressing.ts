/**
 * The two ids of a person: the number, and the privacy id (LID) by which accounts name people today. Whichever the
 * network uses, a driver names people by the number where it is known.
 */
import { ACK } from "../../../../contracts/states.ts";
import type { SandboxMessage, SandboxPhone } from "../../../../contracts/sandbox.ts";
import { operation, outbound, TENANT, type DriverFixture, type TestSession } from "../driver-fixture.ts";

/** Makes a phone write to the session, and returns the id of the message. */
async function write(fixture: DriverFixture, from: SandboxPhone, message: SandboxMessage): Promise<string> {
  return (await fixture.sandbox.phones.send(TENANT, from.phone, message)).id;
}

/** Sends to the person by each of their ids, and gets an answer: all of it in one chat. */
async function converse(fixture: DriverFixture, { driver, recorder, phone }: TestSession): Promise<void> {
  const peer = await fixture.phone();
  const chat = { chatId: peer.chatId, phone: peer.phone, lid: peer.lid };
  for (const to of [peer.chatId, peer.lid, peer.chatId]) {
    const message = outbound(to, { type: "text", text: `to ${to}` });
    const receipt = await driver.send(message);
    expect(receipt).toMatchObject({ key: `true_${peer.chatId}_${message.waId}`, chat });
    expect(await driver.find({ waId: message.waId, to: peer.lid })).toMatchObject({ key: receipt.key, chat });
    expect(await fixture.received(peer, (item) => item.id === message.waId)).toMatchObject({ chat: phone.chatId });
    const ack = await recorder.wait("ack", (event) => event.waId === message.waId && event.ack === ACK.device);
    expect(ack).toMatchObject({ chat: peer.chatId, by: peer.chatId });
  }
  const id = await write(fixture, peer, { to: phone.chatId, type: "text", text: "answer" });
  const { message } = await recorder.wait("message", (event) => event.message.key.endsWith(id));
  expect(message).toMatchObject({ key: `false_${peer.chatId}_${id}`, chat, from: chat });
  const chats = await operation(driver, "listChats")({ limit: 500 });
  expect(chats.filter((entry) => entry.chat.lid === peer.lid).map((entry) => entry.chat)).toEqual([chat]);
}

export const ADDRESSING_CASES = {
  "names people by their numbers in an account that has moved to LIDs": async (fixture: DriverFixture) =>
    converse(fixture, await fixture.shared()),

  "names people by their numbers in an account that has not moved": async (fixture: DriverFixture) =>
    converse(fixture, await fixture.link({ addressing: "number" })),

  "names a person who hides the number by the LID": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.sandbox.phones.create(TENANT, { name: "Hidden", hidesNumber: true });
    const chat = { chatId: peer.lid, phone: null, lid: peer.lid };
    const id = await write(fixture, peer, { to: phone.chatId, type: "text", text: "who am I?" });
    const { message } = await recorder.wait("message", (event) => event.message.key.endsWith(id));
    expect(message).toMatchObject({ key: `false_${peer.lid}_${id}`, chat, from: chat });
    const answer = outbound(peer.lid, { type: "text", text: "someone" }, { quoted: message.key });
    expect(await driver.send(answer)).toMatchObject({ key: `true_${peer.lid}_${answer.waId}`, chat });
    expect(await fixture.received(peer, (item) => item.id === answer.waId)).toMatchObject({ quotedId: id });
    const ack = await recorder.wait("ack", (event) => event.waId === answer.waId && event.ack === ACK.device);
    expect(ack).toMatchObject({ chat: peer.lid, by: peer.lid });
    await write(fixture, peer, { to: phone.chatId, type: "reaction", target: answer.waId, text: "👍" });
    const reaction = await recorder.wait("reaction", (event) => event.target.endsWith(answer.waId));
    expect(reaction).toMatchObject({ target: `true_${peer.lid}_${answer.waId}`, chat, from: chat });
    expect(JSON.stringify(recorder.events)).not.toContain(peer.phone.slice(1));
  },

  "does to a person by the LID what it does by the number": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    await write(fixture, peer, { to: phone.chatId, type: "text", text: "unread" });
    await recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
    await operation(driver, "typing")({ chatId: peer.lid, state: "typing" });
    await fixture.until("typing is seen", async () => (await fixture.sandbox.phones.get(TENANT, peer.phone)).typing[0]);
    await operation(driver, "typing")({ chatId: peer.lid, state: "paused" });
    await operation(driver, "subscribePresence")({ chatIds: [peer.lid] });
    await fixture.sandbox.phones.setPresence(TENANT, peer.phone, true);
    const presence = await recorder.wait("presence", (event) => event.who.lid === peer.lid && event.online);
    expect(presence.who.chatId).toBe(peer.chatId);
    await fixture.sandbox.phones.type(TENANT, peer.phone, phone.phone, "typing");
    const typing = await recorder.wait("typing", (event) => event.from.lid === peer.lid);
    expect(typing).toMatchObject({ chat: { chatId: peer.chatId }, from: { chatId: peer.chatId } });
    await operation(driver, "markRead")({ chatId: peer.lid });
    await fixture.received(peer, (item) => item.status === "read", "sent");
    await operation(driver, "block")({ chatId: peer.lid, blocked: true });
    expect(await operation(driver, "listBlocked")({})).toContain(peer.chatId);
    expect(await operation(driver, "getContact")({ chatId: peer.lid })).toMatchObject({
      address: { chatId: peer.chatId, lid: peer.lid },
    });
    await operation(driver, "block")({ chatId: peer.lid, blocked: false });
    expect(await operation(driver, "listBlocked")({})).not.toContain(peer.chatId);
  },

  "tells the members of a group apart by their numbers, or their LIDs": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const [peer, hidden] = [
      await fixture.phone(),
      await fixture.sandbox.phones.create(TENANT, { name: "Hidden", hidesNumber: true }),
    ];
    const participants = [peer.lid, hidden.lid];
    const { group, results } = await operation(driver, "createGroup")({ name: "Two ids", participants });
    expect(results).toMatchObject(participants.map((participant) => ({ participant, ok: true })));
    const members = group.participants.map(({ address }) => address.chatId);
    expect(members.toSorted()).toEqual([phone.chatId, peer.chatId, hidden.lid].toSorted());
    for (const [member, name] of [
      [peer, peer.chatId],
      [hidden, hidden.lid],
    ] as const) {
      const id = await write(fixture, member, { to: group.id, type: "text", text: `from ${name}` });
      const { message } = await recorder.wait("message", (event) => event.message.key.includes(id));
      expect(message).toMatchObject({
        key: `false_${group.id}_${id}_${name}`,
        from: { chatId: name, lid: member.lid },
      });
    }
    const change = operation(driver, "changeParticipants");
    const removed = await change({ groupId: group.id, action: "remove", participants: [peer.chatId, hidden.lid] });
    expect(removed).toMatchObject([
      { participant: peer.chatId, ok: true },
      { participant: hidden.lid, ok: true },
    ]);
  },

  "finds what was said before a move in the middle of a conversation": async (fixture: DriverFixture) => {
    const session = await fixture.link({ addressing: "number" });
    const { driver, recorder, phone } = session;
    const peer = await fixture.phone();
    const sent = outbound(peer.chatId, { type: "poll", question: "Tea?", options: ["yes", "no"], selectableCount: 1 });
    const receipt = await driver.send(sent);
    const id = await write(fixture, peer, { to: phone.chatId, type: "text", text: "before" });
    const { message } = await recorder.wait("message", (event) => event.message.key.endsWith(id));
    const mark = recorder.mark();
    await fixture.sandbox.phones.change(TENANT, phone.phone, { addressing: "lid" });
    await write(fixture, peer, { to: phone.chatId, type: "reaction", target: sent.waId, text: "🫖" });
    const reaction = await recorder.wait("reaction", () => true, mark);
    expect(reaction).toMatchObject({ target: receipt.key, chat: { chatId: peer.chatId, lid: peer.lid } });
    await fixture.sandbox.phones.read(TENANT, peer.phone, phone.phone, false);
    const ack = await recorder.wait("ack", (event) => event.waId === sent.waId && event.ack === ACK.read, mark);
    expect(ack.chat).toBe(peer.chatId);
    await write(fixture, peer, { to: phone.chatId, type: "poll_vote", target: sent.waId, options: ["yes"] });
    expect(await recorder.wait("poll_vote", () => true, mark)).toMatchObject({ target: receipt.key, options: ["yes"] });
    await write(fixture, peer, { to: phone.chatId, type: "edit", target: id, text: "edited" });
    expect(await recorder.wait("edited", () => true, mark)).toMatchObject({ key: message.key, text: "edited" });
    await fixture.until("the session to be connected again", async () => {
      const reply = outbound(peer.chatId, { type: "reaction", target: message.key, emoji: "👍" });
      return driver.send(reply).catch(() => undefined);
    });
    expect((await fixture.received(peer, (item) => item.id === id, "sent")).reactions).toEqual([
      { from: phone.chatId, emoji: "👍" },
    ]);
    expect(await driver.find({ waId: sent.waId, to: peer.chatId })).toMatchObject({ key: receipt.key });
    await write(fixture, peer, { to: phone.chatId, type: "revoke", target: id });
    expect(await recorder.wait("revoked", () => true, mark)).toMatchObject({ key: message.key });
    const next = outbound(peer.chatId, { type: "text", text: "after" });
    expect(await driver.send(next)).toMatchObject({ key: `true_${peer.chatId}_${next.waId}` });
  },
};
