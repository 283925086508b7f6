/** Numbers whose WhatsApp id differs from the dialled number: everything about a person meets in one chat. */
import { randomInt } from "node:crypto";
import { operation, outbound, TENANT, type DriverFixture } from "../driver-fixture.ts";

/** Dialled numbers with the id that WhatsApp has for them. */
const PLANS = [
  { dialled: (last: string) => `5255${last}`, id: (last: string) => `52155${last}` },
  { dialled: (last: string) => `5411${last}`, id: (last: string) => `54911${last}` },
  { dialled: (last: string) => `55319${last}`, id: (last: string) => `5531${last}` },
];

/** A new phone with such a number, and the dialled number as a chat id. */
async function dialledPhone(fixture: DriverFixture, plan = PLANS[0]!) {
  const last = String(randomInt(80_000_000, 99_999_999));
  const peer = await fixture.sandbox.phones.create(TENANT, { phone: plan.dialled(last), name: "Dialled" });
  expect(peer).toMatchObject({ chatId: `${plan.id(last)}@c.us`, aliases: [`+${plan.dialled(last)}`] });
  return { peer, dialled: `${plan.dialled(last)}@c.us` };
}

export const NUMBER_CASES = {
  "sends to a dialled number in the chat that WhatsApp has for it": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    for (const plan of PLANS) {
      const { peer, dialled } = await dialledPhone(fixture, plan);
      for (const text of ["first", "second"]) {
        const message = outbound(dialled, { type: "text", text });
        const receipt = await driver.send(message);
        const chat = { chatId: peer.chatId, phone: peer.phone };
        expect(receipt).toMatchObject({ key: `true_${peer.chatId}_${message.waId}`, chat });
        expect(await driver.find({ waId: message.waId, to: dialled })).toMatchObject({ key: receipt.key, chat });
        await fixture.received(peer, (item) => item.id === message.waId);
        const ack = await recorder.wait("ack", (event) => event.waId === message.waId && event.ack === 2);
        expect(ack.by).toBe(peer.chatId);
      }
      const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, {
        to: phone.chatId,
        type: "text",
        text: "reply",
      });
      const { message } = await recorder.wait("message", (event) => event.message.key.endsWith(id));
      expect(message).toMatchObject({ chat: { chatId: peer.chatId }, from: { chatId: peer.chatId } });
      const chats = (await operation(driver, "listChats")({ limit: 100 })).map(({ chat }) => chat.chatId);
      expect(chats).toContain(peer.chatId);
      expect(chats).not.toContain(dialled);
    }
  },

  "reports the id that WhatsApp has for a dialled number": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const { peer, dialled } = await dialledPhone(fixture);
    const check = operation(driver, "checkNumbers");
    const address = { chatId: peer.chatId, phone: peer.phone, lid: peer.lid };
    expect(await check({ chatIds: [dialled, peer.chatId] })).toEqual([
      { chatId: dialled, exists: true, address },
      { chatId: peer.chatId, exists: true, address },
    ]);
  },

  "does everything else with a dialled number to the same person": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const { peer, dialled } = await dialledPhone(fixture);
    await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.chatId, type: "text", text: "unread" });
    await recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
    await operation(driver, "typing")({ chatId: dialled, state: "typing" });
    await fixture.until("typing is seen", async () => (await fixture.sandbox.phones.get(TENANT, peer.phone)).typing[0]);
    await operation(driver, "typing")({ chatId: dialled, state: "paused" });
    await operation(driver, "subscribePresence")({ chatIds: [dialled] });
    await fixture.sandbox.phones.setPresence(TENANT, peer.phone, true);
    await recorder.wait("presence", (event) => event.who.chatId === peer.chatId && event.online);
    expect(await operation(driver, "getPresence")({ chatId: dialled })).toMatchObject({ online: true });
    expect(await operation(driver, "getContact")({ chatId: dialled })).toMatchObject({
      address: { chatId: peer.chatId },
    });
    expect((await operation(driver, "getAbout")({ chatId: dialled })).about).not.toBeNull();
    await operation(driver, "markRead")({ chatId: dialled });
    await fixture.received(peer, (item) => item.status === "read", "sent");
    await operation(driver, "changeChat")({ chatId: dialled, change: "pin" });
    await fixture.until("the chat is pinned", async () => {
      const chats = await operation(driver, "listChats")({ limit: 100 });
      return chats.find(({ chat }) => chat.chatId === peer.chatId)?.pinned === true ? true : undefined;
    });
    await operation(driver, "block")({ chatId: dialled, blocked: true });
    expect(await operation(driver, "listBlocked")({})).toContain(peer.chatId);
    await operation(driver, "block")({ chatId: dialled, blocked: false });
  },

  "mentions a person by a dialled number": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const { peer, dialled } = await dialledPhone(fixture);
    const message = outbound(dialled, { type: "text", text: "@you" }, { mentions: [dialled] });
    await driver.send(message);
    expect((await fixture.received(peer, (item) => item.id === message.waId)).mentions).toEqual([peer.chatId]);
  },

  "answers for each participant, once for each person": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const { peer, dialled } = await dialledPhone(fixture);
    const present = await fixture.phone();
    const reserved = await fixture.phone();
    await fixture.sandbox.phones.change(TENANT, reserved.phone, { groupsPrivacy: "contacts" });
    const absent = "15559990000@c.us";
    const participants = [dialled, reserved.chatId, peer.chatId, absent, dialled, present.chatId];
    const created = await operation(driver, "createGroup")({ name: "Mixed", participants });
    const codes = (results: readonly { participant: string; ok: boolean; code: string | null }[]) =>
      results.map(({ participant, ok, code }) => [participant, ok, code]);
    expect(codes(created.results)).toEqual([
      [dialled, true, null],
      [reserved.chatId, false, "privacy"],
      [peer.chatId, true, null],
      [absent, false, "not_on_whatsapp"],
      [dialled, true, null],
      [present.chatId, true, null],
    ]);
    expect(created.results[1]!.reason).toMatch(/privacy/);
    const groupId = created.group.id;
    const change = operation(driver, "changeParticipants");
    const newcomer = await fixture.phone();
    expect(
      codes(
        await change({
          groupId,
          action: "add",
          participants: [newcomer.chatId, present.chatId, absent, newcomer.chatId, reserved.chatId],
        }),
      ),
    ).toEqual([
      [newcomer.chatId, true, null],
      [present.chatId, false, "already_participant"],
      [absent, false, "not_on_whatsapp"],
      [newcomer.chatId, true, null],
      [reserved.chatId, false, "privacy"],
    ]);
    await fixture.until("the newcomer to be in the group", async () => {
      const group = await operation(driver, "getGroup")({ groupId });
      return group?.participants.some(({ address }) => address.chatId === newcomer.chatId) ? true : undefined;
    });
    expect(codes(await change({ groupId, action: "promote", participants: [dialled, peer.chatId, absent] }))).toEqual([
      [dialled, true, null],
      [peer.chatId, true, null],
      [absent, false, "not_participant"],
    ]);
    expect(codes(await change({ groupId, action: "promote", participants: [peer.chatId] }))).toEqual([
      [peer.chatId, false, "no_change"],
    ]);
    expect(
      codes(await change({ groupId, action: "remove", participants: [dialled, reserved.chatId, dialled] })),
    ).toEqual([
      [dialled, true, null],
      [reserved.chatId, false, "not_participant"],
      [dialled, true, null],
    ]);
  },

  "adds a person with reserved settings after they have written": async (fixture: DriverFixture) => {
    const { driver, phone } = await fixture.shared();
    const reserved = await fixture.sandbox.phones.create(TENANT, { name: "Reserved", groupsPrivacy: "contacts" });
    await fixture.sandbox.phones.send(TENANT, reserved.phone, { to: phone.chatId, type: "text", text: "hello" });
    const { results } = await operation(driver, "createGroup")({ name: "Known", participants: [reserved.chatId] });
    expect(results).toMatchObject([{ participant: reserved.chatId, ok: true, code: null, reason: null }]);
  },
};
