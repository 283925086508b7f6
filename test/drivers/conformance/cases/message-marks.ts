/** Messages that are pinned or kept, and chats whose messages disappear. */
import { TENANT, operation, type DriverFixture } from "../driver-fixture.ts";

/** A chat of the shared session, with a message of the other side. */
async function makeChat(fixture: DriverFixture) {
  const session = await fixture.shared();
  const peer = await fixture.phone();
  const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, {
    to: session.phone.phone,
    type: "text",
    text: "keep this",
  });
  const { message } = await session.recorder.wait("message", (event) => event.message.chat.chatId === peer.chatId);
  const shown = () => fixture.received(peer, (item) => item.id === id, "sent");
  return { session, peer, key: message.key, id, shown };
}

export const MESSAGE_MARK_CASES = {
  "pins a message and takes it down": async (fixture: DriverFixture) => {
    const { session, key, shown } = await makeChat(fixture);
    const pin = operation(session.driver, "pinMessage");
    await pin({ key, seconds: 86_400 });
    await pin({ key, seconds: 86_400 });
    expect((await shown()).pinnedUntil).toEqual(expect.any(String));
    await pin({ key, seconds: null });
    await pin({ key, seconds: null });
    expect((await shown()).pinnedUntil).toBeNull();
    await expect(pin({ key: `false_${session.phone.chatId}_3A00`, seconds: null })).rejects.toMatchObject({
      kind: "rejected",
      failure: "target_not_found",
    });
  },

  "keeps a message that would disappear": async (fixture: DriverFixture) => {
    const { session, key, shown } = await makeChat(fixture);
    const keep = operation(session.driver, "keepMessage");
    await keep({ key, keep: true });
    expect((await shown()).kept).toBe(true);
    await keep({ key, keep: false });
    expect((await shown()).kept).toBe(false);
  },

  "lets messages of a chat disappear": async (fixture: DriverFixture) => {
    const { session, peer } = await makeChat(fixture);
    const set = operation(session.driver, "setDisappearing");
    const line = async () => {
      const chats = await fixture.sandbox.phones.perform(TENANT, peer.phone, "chats", { limit: 10 });
      return chats.find(({ id }) => id === session.phone.chatId);
    };
    await set({ chatId: peer.chatId, seconds: 604_800 });
    expect(await line()).toMatchObject({ ephemeral: 604_800 });
    await set({ chatId: peer.chatId, seconds: 0 });
    expect(await line()).toMatchObject({ ephemeral: 0 });
  },
};
