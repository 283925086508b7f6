/** Typing, presence and calls: live events that are never stored. */
import { operation, TENANT, type DriverFixture } from "../driver-fixture.ts";

export const PRESENCE_CASES = {
  "shows typing to the phone": async (fixture: DriverFixture) => {
    const { driver, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const typing = async () => (await fixture.sandbox.phones.get(TENANT, peer.phone)).typing[0];
    await operation(driver, "typing")({ chatId: peer.chatId, state: "typing" });
    expect(await fixture.until("typing is seen", typing)).toMatchObject({
      chat: phone.chatId,
      from: phone.chatId,
      state: "typing",
    });
    await operation(driver, "typing")({ chatId: peer.chatId, state: "paused" });
    await fixture.until("typing has ended", async () => ((await typing()) === undefined ? true : undefined));
  },

  "sees a phone typing": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    await operation(driver, "subscribePresence")({ chatIds: [peer.chatId] });
    await fixture.sandbox.phones.type(TENANT, peer.phone, phone.phone, "typing");
    const typing = await recorder.wait(
      "typing",
      (event) => event.from.chatId === peer.chatId && event.state === "typing",
    );
    expect(typing.chat.chatId).toBe(peer.chatId);
    await fixture.sandbox.phones.type(TENANT, peer.phone, phone.phone, "paused");
    await recorder.wait("typing", (event) => event.from.chatId === peer.chatId && event.state === "paused");
  },

  "sees that a phone is online already": async (fixture: DriverFixture) => {
    const { driver, recorder } = await fixture.shared();
    const peer = await fixture.phone();
    await fixture.sandbox.phones.setPresence(TENANT, peer.phone, true);
    await operation(driver, "subscribePresence")({ chatIds: [peer.chatId] });
    const presence = await recorder.wait("presence", (event) => event.who.chatId === peer.chatId);
    expect(presence).toMatchObject({ online: true, lastSeen: null });
  },

  "shows itself online": async (fixture: DriverFixture) => {
    const { driver, phone } = await fixture.shared();
    const isAvailable = async (wanted: boolean) =>
      (await fixture.sandbox.phones.get(TENANT, phone.phone)).available === wanted ? true : undefined;
    await operation(driver, "setPresence")({ available: true });
    await fixture.until("the session is seen online", () => isAvailable(true));
    await operation(driver, "setPresence")({ available: false });
    await fixture.until("the session is seen offline", () => isAvailable(false));
  },

  "sees a phone come online and go": async (fixture: DriverFixture) => {
    const { driver, recorder } = await fixture.shared();
    const peer = await fixture.phone();
    await operation(driver, "subscribePresence")({ chatIds: [peer.chatId] });
    await fixture.sandbox.phones.setPresence(TENANT, peer.phone, true);
    await recorder.wait("presence", (event) => event.who.chatId === peer.chatId && event.online);
    expect(await operation(driver, "getPresence")({ chatId: peer.chatId })).toMatchObject({ online: true });
    const mark = recorder.mark();
    await fixture.sandbox.phones.setPresence(TENANT, peer.phone, false);
    await recorder.wait("presence", (event) => event.who.chatId === peer.chatId && !event.online, mark);
  },

  "sees a call": async (fixture: DriverFixture) => {
    const { recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const { id } = await fixture.sandbox.phones.call(TENANT, peer.phone, phone.phone, true);
    expect(await recorder.wait("call", (event) => event.from.chatId === peer.chatId)).toMatchObject({
      id,
      video: true,
    });
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "endCall", { id });
    const end = await recorder.wait("call_ended", (event) => event.id === id);
    expect(end).toMatchObject({ peer: { chatId: peer.chatId }, video: true, outgoing: false, rejected: false });
  },
};
