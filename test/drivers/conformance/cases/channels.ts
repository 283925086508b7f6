/** Channels: the account's own, and those that it follows. */
import { TENANT, operation, outbound, type DriverFixture } from "../driver-fixture.ts";
import { MEDIA_SAMPLES } from "../media-samples.ts";

type Fixture = DriverFixture;

/** A channel of another person. */
async function theirs(fixture: Fixture, name: string) {
  const peer = await fixture.phone();
  const channel = await fixture.sandbox.phones.perform(TENANT, peer.phone, "createChannel", { name });
  return { peer, channel };
}

export const CHANNEL_CASES = {
  "keeps a channel of its own": async (fixture: Fixture) => {
    const session = await fixture.shared();
    const peer = await fixture.phone();
    const media = await fixture.store(MEDIA_SAMPLES.image);
    const made = await operation(session.driver, "createChannel")({ name: "News", description: "All of it", media });
    expect(made).toMatchObject({ name: "News", description: "All of it", role: "owner", followers: 0, muted: false });
    const { id } = made;
    expect(await operation(session.driver, "updateChannel")({ id, name: "Newer" })).toMatchObject({ name: "Newer" });
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "followChannel", { id, follow: true });
    const followers = await operation(session.driver, "listChannelFollowers")({ id, limit: 10 });
    expect(followers).toEqual([{ id: peer.chatId, name: "Peer" }]);
    const message = outbound(id, { type: "text", text: "the first news" });
    const receipt = await session.driver.send(message);
    expect(receipt).toMatchObject({ chat: { chatId: id }, ack: 1 });
    await fixture.received(peer, (item) => item.text === "the first news" && item.duplicates === 0);
    expect((await operation(session.driver, "listChannels")({})).map((channel) => channel.id)).toContain(id);
    await operation(session.driver, "deleteChannel")({ id });
    await expect(operation(session.driver, "getChannel")({ id })).rejects.toMatchObject({
      kind: "rejected",
      failure: "target_not_found",
    });
  },

  "follows a channel, and reports what comes in it": async (fixture: Fixture) => {
    const session = await fixture.shared();
    const { peer, channel } = await theirs(fixture, "Weather report");
    const { id } = channel;
    expect(await operation(session.driver, "getChannel")({ id })).toMatchObject({ name: "Weather report", role: null });
    const found = await operation(session.driver, "findChannels")({ text: "weather", limit: 10 });
    expect(found.map((candidate) => candidate.id)).toContain(id);
    const follow = operation(session.driver, "followChannel");
    await follow({ id, follow: true });
    await follow({ id, follow: true });
    await operation(session.driver, "muteChannel")({ id, muted: true });
    expect(await operation(session.driver, "getChannel")({ id })).toMatchObject({ role: "follower", muted: true });
    await operation(session.driver, "muteChannel")({ id, muted: false });
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "send", {
      id: "3A0000000000000000WEATHER",
      to: id,
      type: "text",
      text: "rain",
    });
    const event = await session.recorder.wait("channel_message", ({ message }) => message.channelId === id);
    expect(event.message).toMatchObject({ id: "3A0000000000000000WEATHER", kind: "chat", text: "rain" });
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "updateChannel", { id, name: "Weather" });
    await session.recorder.wait("channel", (reported) => reported.channel.name === "Weather" && !reported.gone);
    await follow({ id, follow: false });
    expect((await operation(session.driver, "getChannel")({ id })).role).toBeNull();
  },

  "refuses changes of other people's channels": async (fixture: Fixture) => {
    const { driver } = await fixture.shared();
    const { channel } = await theirs(fixture, "Not ours");
    const { id } = channel;
    const refusal = { kind: "rejected", failure: "group_admin_only" };
    await expect(operation(driver, "updateChannel")({ id, name: "Ours" })).rejects.toMatchObject(refusal);
    await expect(operation(driver, "deleteChannel")({ id })).rejects.toMatchObject(refusal);
    await expect(operation(driver, "listChannelFollowers")({ id, limit: 5 })).rejects.toMatchObject(refusal);
    await operation(driver, "followChannel")({ id, follow: true });
    const message = outbound(id, { type: "text", text: "not allowed" });
    await expect(driver.send(message)).rejects.toMatchObject(refusal);
    const missing = { kind: "rejected", failure: "target_not_found" };
    const nowhere = "120363999999999999@newsletter";
    await expect(driver.send(outbound(nowhere, { type: "text", text: "x" }))).rejects.toMatchObject(missing);
    await expect(operation(driver, "followChannel")({ id: nowhere, follow: true })).rejects.toMatchObject(missing);
  },
};
