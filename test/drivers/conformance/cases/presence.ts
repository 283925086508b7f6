/** What is live and never kept: typing, presence, calls; and what the account asks of the network. */
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

  "marks a chat as read": async (bed: TestBed) => {
    const { driver, recorder, phone } = await bed.shared();
    const peer = await bed.phone();
    const { id } = await bed.sandbox.phones.send(TENANT, peer.phone, {
      to: phone.phone,
      type: "text",
      text: "read me",
    });
    await recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
    await operation(driver, "markRead")({ chatId: peer.chatId });
    await bed.received(peer, (item) => item.id === id && item.status === "read", "sent");
  },

  "checks which numbers are on WhatsApp": async (bed: TestBed) => {
    const { driver } = await bed.shared();
    const peer = await bed.phone();
    const checked = await operation(driver, "checkNumbers")({ chatIds: [peer.chatId, "15559999999@c.us"] });
    expect(checked).toMatchObject([
      { chatId: peer.chatId, exists: true, address: { chatId: peer.chatId, lid: peer.lid } },
      { chatId: "15559999999@c.us", exists: false },
    ]);
  },

  "lists chats, the latest first": async (bed: TestBed) => {
    const { driver, recorder, phone } = await bed.shared();
    const peer = await bed.phone();
    await bed.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text: "hello" });
    await recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
    const [first] = await operation(driver, "listChats")({ limit: 5 });
    expect(first).toMatchObject({ chat: { chatId: peer.chatId }, unread: 1 });
  },

  "blocks and unblocks": async (bed: TestBed) => {
    const { driver } = await bed.shared();
    const peer = await bed.phone();
    await operation(driver, "block")({ chatId: peer.chatId, blocked: true });
    expect(await operation(driver, "listBlocked")({})).toContain(peer.chatId);
    await operation(driver, "block")({ chatId: peer.chatId, blocked: false });
    expect(await operation(driver, "listBlocked")({})).not.toContain(peer.chatId);
  },
};
