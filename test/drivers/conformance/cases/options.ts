/** The options of a message: each has its effect on the receiving phone, with every kind of content. */
import type { StoredMedia } from "../../../../contracts/media.ts";
import type { Content } from "../../../../contracts/transport.ts";
import { MEDIA_SAMPLES } from "../media-samples.ts";
import { operation, outbound, TENANT, type DriverFixture } from "../driver-fixture.ts";

/** One content of each shape that becomes a new message. All media are sent in the same way. */
async function everyContent(fixture: DriverFixture): Promise<Content<StoredMedia>[]> {
  return [
    { type: "text", text: "words" },
    { type: "image", media: await fixture.store(MEDIA_SAMPLES.image), caption: "words" },
    { type: "document", media: await fixture.store(MEDIA_SAMPLES.document) },
    { type: "location", latitude: 1.5, longitude: 2.5, name: "Here" },
    { type: "contact", contacts: [{ name: "Ada", phone: "+15550109999" }] },
    { type: "poll", question: "Tea?", options: ["yes", "no"], selectableCount: 1 },
  ];
}

export const OPTION_CASES = {
  "replies and mentions with every kind of content": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const { group } = await operation(driver, "createGroup")({ name: "Options", participants: [peer.chatId] });
    const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, { to: group.id, type: "text", text: "?" });
    const { message } = await recorder.wait("message", (event) => event.message.key.includes(id));
    const actual: unknown[] = [];
    const expected: unknown[] = [];
    for (const content of await everyContent(fixture)) {
      const sent = outbound(group.id, content, { quoted: message.key, mentions: [peer.chatId] });
      await driver.send(sent);
      const item = await fixture.received(peer, (candidate) => candidate.id === sent.waId);
      actual.push([content.type, item.type, item.from, item.quotedId, item.mentions]);
      expected.push([content.type, content.type, phone.chatId, id, [peer.chatId]]);
    }
    expect(actual).toEqual(expected);
  },

  "mentions everyone in a group": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const [one, two] = [await fixture.phone(), await fixture.phone()];
    const participants = [one.chatId, two.chatId];
    const { group } = await operation(driver, "createGroup")({ name: "All of us", participants });
    const message = outbound(group.id, { type: "text", text: "Lunch!", mentionAll: true });
    await driver.send(message);
    const item = await fixture.received(one, ({ id }) => id === message.waId);
    expect(item.mentions?.toSorted()).toEqual(participants.toSorted());
  },

  "edits a caption, and deletes another's message as an admin": async (fixture: DriverFixture) => {
    const { driver, recorder } = await fixture.shared();
    const peer = await fixture.phone();
    const { group } = await operation(driver, "createGroup")({ name: "Pictures", participants: [peer.chatId] });
    const media = await fixture.store(MEDIA_SAMPLES.image);
    const picture = outbound(group.id, { type: "image", media, caption: "first" });
    const { key } = await driver.send(picture);
    await driver.send(outbound(group.id, { type: "edit", target: key, text: "second" }));
    const edited = await fixture.received(peer, (item) => item.id === picture.waId && item.edited);
    expect(edited).toMatchObject({ type: "image", text: "second" });
    const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, { to: group.id, type: "text", text: "spam" });
    const { message } = await recorder.wait("message", (event) => event.message.key.includes(id));
    await driver.send(outbound(group.id, { type: "revoke", target: message.key }));
    await fixture.received(peer, (item) => item.id === id && item.revoked, "sent");
  },

  "gives no read receipt by changing a message": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const { key: target } = await driver.send(outbound(peer.chatId, { type: "text", text: "a" }));
    const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text: "?" });
    await recorder.wait("message", (event) => event.message.key.includes(id));
    await driver.send(outbound(peer.chatId, { type: "reaction", target, emoji: "👍" }));
    await driver.send(outbound(peer.chatId, { type: "edit", target, text: "b" }));
    await driver.send(outbound(peer.chatId, { type: "revoke", target }));
    // Receipts go the same way as the changes: by now they would be there.
    const question = await fixture.received(peer, (item) => item.id === id, "sent");
    expect(question.status).toBe("delivered");
  },
};
