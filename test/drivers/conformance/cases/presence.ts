/** Typing, presence and calls: live events that are never stored. */
import { operation, TENANT, type TestBed } from "../test-bed.ts";

export const PRESENCE_CASES = {
  "shows typing to the phone": async (bed: TestBed) => {
    const { driver, phone } = await bed.shared();
    const peer = await bed.phone();
    const typing = async () => (await bed.sandbox.phones.get(TENANT, peer.phone)).typing[0];
    await operation(driver, "typing")({ chatId: peer.chatId, state: "typing" });
    expect(await bed.until("typing is seen", typing)).toMatchObject({
      chat: phone.chatId,
      from: phone.chatId,
      state: "typing",
    });
    await operation(driver, "typing")({ chatId: peer.chatId, state: "paused" });
    await bed.until("typing has ended", async () => ((await typing()) === undefined ? true : undefined));
  },

  "sees a phone typing": async (bed: TestBed) => {
    const { driver, recorder, phone } = await bed.shared();
    const peer = await bed.phone();
    await operation(driver, "subscribePresence")({ chatIds: [peer.chatId] });
    await bed.sandbox.phones.type(TENANT, peer.phone, phone.phone, "typing");
    const typing = await recorder.wait(
      "typing",
      (event) => event.from.chatId === peer.chatId && event.state === "typing",
    );
    expect(typing.chat.chatId).toBe(peer.chatId);
    await bed.sandbox.phones.type(TENANT, peer.phone, phone.phone, "paused");
    await recorder.wait("typing", (event) => event.from.chatId === peer.chatId && event.state === "paused");
  },

  "shows itself online": async (bed: TestBed) => {
    const { driver, phone } = await bed.shared();
    const isAvailable = async (wanted: boolean) =>
      (await bed.sandbox.phones.get(TENANT, phone.phone)).available === wanted ? true : undefined;
    await operation(driver, "setPresence")({ available: true });
    await bed.until("the session is seen online", () => isAvailable(true));
    await operation(driver, "setPresence")({ available: false });
    await bed.until("the session is seen offline", () => isAvailable(false));
  },

  "sees a phone come online and go": async (bed: TestBed) => {
    const { driver, recorder } = await bed.shared();
    const peer = await bed.phone();
    await operation(driver, "subscribePresence")({ chatIds: [peer.chatId] });
    await bed.sandbox.phones.setPresence(TENANT, peer.phone, true);
    await recorder.wait("presence", (event) => event.who.chatId === peer.chatId && event.online);
    expect(await operation(driver, "getPresence")({ chatId: peer.chatId })).toMatchObject({ online: true });
    const mark = recorder.mark();
    await bed.sandbox.phones.setPresence(TENANT, peer.phone, false);
    await recorder.wait("presence", (event) => event.who.chatId === peer.chatId && !event.online, mark);
  },

  "sees a call": async (bed: TestBed) => {
    const { recorder, phone } = await bed.shared();
    const peer = await bed.phone();
    await bed.sandbox.phones.call(TENANT, peer.phone, phone.phone, true);
    expect(await recorder.wait("call", (event) => event.from.chatId === peer.chatId)).toMatchObject({ video: true });
  },
};
