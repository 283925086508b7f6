/** Statuses (stories): posted, seen, deleted. */
import { STATUS_CHAT } from "../../../../contracts/address.ts";
import { TENANT, operation, outbound, type DriverFixture } from "../driver-fixture.ts";
import { MEDIA_SAMPLES } from "../media-samples.ts";

type Fixture = DriverFixture;

export const STATUS_CASES = {
  "posts a status once, and sees who views it": async (fixture: Fixture) => {
    const session = await fixture.shared();
    const peer = await fixture.phone();
    const { driver, recorder } = session;
    const message = outbound(STATUS_CHAT, { type: "text", text: "a fine day" });
    await driver.send(message);
    await driver.send(message);
    const { id } = await fixture.received(peer, (item) => item.text === "a fine day" && item.duplicates <= 1);
    expect(id).toBe(message.waId);
    const own = await operation(driver, "listStatuses")({});
    expect(own.find((status) => status.id === id)).toMatchObject({ own: true, kind: "chat", text: "a fine day" });
    expect(await operation(driver, "listStatusViewers")({ id })).toEqual([]);
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "viewStatus", { from: session.phone.chatId, id });
    const viewed = await recorder.wait("status_viewed", (event) => event.id === id);
    expect(viewed.by).toMatchObject({ chatId: peer.chatId });
    const viewers = await operation(driver, "listStatusViewers")({ id });
    expect(viewers).toMatchObject([{ viewer: { chatId: peer.chatId }, at: expect.any(Number) }]);
    await operation(driver, "deleteStatus")({ id });
    const missing = { kind: "rejected", failure: "target_not_found" };
    await expect(operation(driver, "deleteStatus")({ id })).rejects.toMatchObject(missing);
  },

  "posts a picture as a status": async (fixture: Fixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const media = await fixture.store(MEDIA_SAMPLES.image);
    const message = outbound(STATUS_CHAT, { type: "image", media, caption: "look" });
    await driver.send(message);
    const item = await fixture.received(peer, (candidate) => candidate.id === message.waId);
    expect(item).toMatchObject({ type: "image", text: "look", chat: STATUS_CHAT, duplicates: 0 });
    expect(await driver.find({ to: STATUS_CHAT, waId: message.waId })).toMatchObject({ ack: expect.any(Number) });
  },

  "reports a contact's status, and views it": async (fixture: Fixture) => {
    const { driver, recorder } = await fixture.shared();
    const peer = await fixture.phone();
    const id = `3A${peer.phone.slice(1)}STATUS`;
    const posted = { id, to: STATUS_CHAT, type: "text" as const, text: "from the peer" };
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "send", posted);
    const { status } = await recorder.wait("status", (event) => event.status.id === id);
    expect(status).toMatchObject({ own: false, kind: "chat", text: "from the peer", from: { chatId: peer.chatId } });
    await operation(driver, "viewStatus")({ chatId: peer.chatId, id });
    await fixture.received(peer, (item) => item.id === id && item.status === "read", "sent");
    await expect(operation(driver, "viewStatus")({ chatId: peer.chatId, id: "3A0000" })).rejects.toMatchObject({
      kind: "rejected",
      failure: "target_not_found",
    });
  },
};
