/** Chats and contacts: read, changed, and their changes reported, whether they were made here or on the phone. */
import type { SandboxPhone } from "../../../../contracts/sandbox.ts";
import { operation, outbound, TENANT, type DriverFixture, type TestSession } from "../driver-fixture.ts";

/** A chat of the shared session with a new phone that has written one message. */
async function makeChat(fixture: DriverFixture) {
  const session = await fixture.shared();
  const peer = await fixture.phone();
  const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, {
    to: session.phone.phone,
    type: "text",
    text: "hello",
  });
  const { message } = await session.recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
  return { session, peer, id, key: message.key };
}

function chatReported({ recorder }: TestSession, peer: SandboxPhone, expected: object, from = 0) {
  return recorder.wait(
    "chat",
    ({ chat }) =>
      chat.chat.chatId === peer.chatId &&
      Object.entries(expected).every(([name, value]) => chat[name as keyof typeof chat] === value),
    from,
  );
}

function contactReported({ recorder }: TestSession, peer: SandboxPhone, blocked: boolean, from = 0) {
  return recorder.wait(
    "contact",
    (event) => event.contact.address.chatId === peer.chatId && event.blocked === blocked,
    from,
  );
}

export const CHAT_AND_CONTACT_CASES = {
  "marks a chat as read": async (fixture: DriverFixture) => {
    const { session, peer, id } = await makeChat(fixture);
    await operation(session.driver, "markRead")({ chatId: peer.chatId });
    await fixture.received(peer, (item) => item.id === id && item.status === "read", "sent");
    await chatReported(session, peer, { unread: 0 });
  },

  "lists chats, the latest first": async (fixture: DriverFixture) => {
    const { session, peer } = await makeChat(fixture);
    const [first] = await operation(session.driver, "listChats")({ limit: 5 });
    expect(first).toMatchObject({ chat: { chatId: peer.chatId }, unread: 1 });
  },

  "changes a chat, and reports a burst of changes once": async (fixture: DriverFixture) => {
    const { session, peer } = await makeChat(fixture);
    const mark = session.recorder.mark();
    const changeChat = operation(session.driver, "changeChat");
    for (const change of ["archive", "unarchive", "archive", "pin"] as const)
      await changeChat({ chatId: peer.chatId, change });
    const { chat } = await chatReported(session, peer, { archived: true, pinned: true }, mark);
    expect(chat).toMatchObject({ chat: { chatId: peer.chatId }, unread: 1, mutedUntil: null });
    const reported = session.recorder.all("chat", mark).filter((event) => event.chat.chat.chatId === peer.chatId);
    expect(reported.length).toBeLessThanOrEqual(2);
    const [listed] = await fixture.sandbox.phones.perform(TENANT, session.phone.phone, "chats", { limit: 1 });
    expect(listed).toMatchObject({ id: peer.chatId, archived: true, pinned: true });
    await changeChat({ chatId: peer.chatId, change: "unpin" });
    await chatReported(session, peer, { pinned: false }, mark);
  },

  "reports the changes that the phone makes to a chat": async (fixture: DriverFixture) => {
    const { session, peer } = await makeChat(fixture);
    const changes = [
      ["archive", { archived: true }],
      ["mute", {}],
      ["unmute", { mutedUntil: null }],
      ["clear", { lastAt: null, unread: 0 }],
    ] as const;
    await fixture.sandbox.phones.read(TENANT, session.phone.phone, peer.phone, false);
    await chatReported(session, peer, { unread: 0 });
    for (const [change, expected] of changes) {
      const mark = session.recorder.mark();
      await fixture.sandbox.phones.perform(TENANT, session.phone.phone, "changeChat", { chat: peer.chatId, change });
      await chatReported(session, peer, expected, mark);
    }
  },

  "reports a chat that the phone marks as unread": async (fixture: DriverFixture) => {
    const { session, peer } = await makeChat(fixture);
    await fixture.sandbox.phones.read(TENANT, session.phone.phone, peer.phone, false);
    await chatReported(session, peer, { unread: 0 });
    const mark = session.recorder.mark();
    await fixture.sandbox.phones.perform(TENANT, session.phone.phone, "changeChat", {
      chat: peer.chatId,
      change: "unread",
    });
    await chatReported(session, peer, { unread: 1 }, mark);
  },

  "does not report a chat for a new message": async (fixture: DriverFixture) => {
    const quiet = await makeChat(fixture);
    const { session, peer } = await makeChat(fixture);
    await operation(session.driver, "changeChat")({ chatId: peer.chatId, change: "archive" });
    // Reported after anything that the earlier message could have caused.
    await chatReported(session, peer, { archived: true });
    const reported = session.recorder.all("chat").map(({ chat }) => chat.chat.chatId);
    expect(reported).not.toContain(quiet.peer.chatId);
  },

  "reports held changes when it is stopped": async (fixture: DriverFixture) => {
    const session = await fixture.link();
    const peer = await fixture.phone();
    await session.driver.send(outbound(peer.chatId, { type: "text", text: "hello" }));
    await operation(session.driver, "changeChat")({ chatId: peer.chatId, change: "archive" });
    await session.driver.stop();
    expect(session.recorder.all("chat")).toMatchObject([{ chat: { chat: { chatId: peer.chatId }, archived: true } }]);
  },

  "stars a message": async (fixture: DriverFixture) => {
    const { session, key } = await makeChat(fixture);
    await operation(session.driver, "star")({ key, star: true });
    await operation(session.driver, "star")({ key, star: false });
  },

  "blocks and unblocks, and reports the contact": async (fixture: DriverFixture) => {
    const session = await fixture.shared();
    const peer = await fixture.phone("Blocked");
    const mark = session.recorder.mark();
    await operation(session.driver, "block")({ chatId: peer.chatId, blocked: true });
    const { contact } = await contactReported(session, peer, true, mark);
    expect(contact).toMatchObject({ address: { chatId: peer.chatId, lid: peer.lid }, isBusiness: false });
    await operation(session.driver, "block")({ chatId: peer.chatId, blocked: false });
    await contactReported(session, peer, false, mark);
  },

  "lists who is blocked": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    await operation(driver, "block")({ chatId: peer.chatId, blocked: true });
    expect(await operation(driver, "listBlocked")({})).toContain(peer.chatId);
    await operation(driver, "block")({ chatId: peer.chatId, blocked: false });
    expect(await operation(driver, "listBlocked")({})).not.toContain(peer.chatId);
  },

  "reports a contact that the phone blocks": async (fixture: DriverFixture) => {
    const session = await fixture.shared();
    const peer = await fixture.phone();
    await fixture.sandbox.phones.perform(TENANT, session.phone.phone, "block", { id: peer.chatId, blocked: true });
    await contactReported(session, peer, true);
  },

  "reports a contact that is renamed": async (fixture: DriverFixture) => {
    const session = await fixture.link();
    const peer = await fixture.phone("Before");
    await fixture.sandbox.phones.send(TENANT, peer.phone, { to: session.phone.phone, type: "text", text: "hello" });
    await session.recorder.wait("message");
    await fixture.sandbox.phones.change(TENANT, peer.phone, { name: "After" });
    const { contact, blocked } = await session.recorder.wait("contact", (event) => event.contact.name === "After");
    expect(contact.address.chatId).toBe(peer.chatId);
    expect(blocked).toBe(false);
  },

  "lists contacts": async (fixture: DriverFixture) => {
    const peer = await fixture.phone("Listed");
    const { driver } = await fixture.link();
    const contacts = await operation(driver, "listContacts")({ limit: 1000 });
    expect(contacts.find(({ address }) => address.chatId === peer.chatId)).toMatchObject({ name: "Listed" });
  },

  "reads one contact": async (fixture: DriverFixture) => {
    const { session, peer } = await makeChat(fixture);
    const contact = await operation(session.driver, "getContact")({ chatId: peer.chatId });
    expect(contact).toMatchObject({ address: { chatId: peer.chatId }, isBusiness: false });
  },

  "reads a person's about text": async (fixture: DriverFixture) => {
    const { session, peer } = await makeChat(fixture);
    const { about } = await operation(session.driver, "getAbout")({ chatId: peer.chatId });
    expect(about).toEqual(expect.any(String));
  },

  "reads a person's picture": async (fixture: DriverFixture) => {
    const { session, peer } = await makeChat(fixture);
    expect(await operation(session.driver, "getPicture")({ chatId: peer.chatId })).toEqual({ url: null });
  },

  "checks which numbers are on WhatsApp": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const checked = await operation(driver, "checkNumbers")({ chatIds: [peer.chatId, "15559999999@c.us"] });
    expect(checked).toMatchObject([
      { chatId: peer.chatId, exists: true, address: { chatId: peer.chatId, lid: peer.lid } },
      { chatId: "15559999999@c.us", exists: false },
    ]);
  },

  "takes a screenshot": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const { mimetype, base64 } = await operation(driver, "screenshot")({ of: "now" });
    expect(mimetype).toBe("image/png");
    expect(Buffer.from(base64, "base64").subarray(1, 4).toString()).toBe("PNG");
  },
};
