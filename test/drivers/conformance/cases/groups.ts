/** Groups: created, written in, changed, joined and left. */
import { MEDIA_SAMPLES } from "../media-samples.ts";
import { operation, outbound, TENANT, type DriverFixture } from "../driver-fixture.ts";

/** A group that the shared session has created, with a new phone in it. */
async function createGroup(fixture: DriverFixture) {
  const session = await fixture.shared();
  const peer = await fixture.phone();
  const { group, results } = await operation(
    session.driver,
    "createGroup",
  )({ name: "Conformance", participants: [peer.chatId] });
  expect(results).toMatchObject([{ participant: peer.chatId, ok: true }]);
  return { session, peer, group };
}

export const GROUP_CASES = {
  "creates a group and writes in it": async (fixture: DriverFixture) => {
    const { session, peer, group } = await createGroup(fixture);
    expect(group.name).toBe("Conformance");
    expect(group.participants.map((participant) => participant.address.chatId).sort()).toEqual(
      [session.phone.chatId, peer.chatId].sort(),
    );
    const message = outbound(group.id, { type: "text", text: "hello, all" });
    const { key } = await session.driver.send(message);
    expect(key.startsWith(`true_${group.id}_${message.waId}_`)).toBe(true);
    const received = await fixture.received(peer, (item) => item.id === message.waId);
    expect(received).toMatchObject({ chat: group.id, from: session.phone.chatId, text: "hello, all" });
  },

  "receives a group's message with its author": async (fixture: DriverFixture) => {
    const { session, peer, group } = await createGroup(fixture);
    const { id } = await fixture.sandbox.phones.send(TENANT, peer.phone, {
      to: group.id,
      type: "text",
      text: "hello back",
    });
    const { message } = await session.recorder.wait("message", (event) => event.message.chat.chatId === group.id);
    expect(message.key.startsWith(`false_${group.id}_${id}_`)).toBe(true);
    expect(message).toMatchObject({ from: { chatId: peer.chatId }, content: { type: "text", text: "hello back" } });
  },

  "adds, promotes, demotes and removes participants": async (fixture: DriverFixture) => {
    const { session, group } = await createGroup(fixture);
    const newcomer = await fixture.phone();
    const change = operation(session.driver, "changeParticipants");
    for (const action of ["add", "promote", "demote", "remove"] as const) {
      const results = await change({ groupId: group.id, action, participants: [newcomer.chatId] });
      expect(results).toMatchObject([{ participant: newcomer.chatId, ok: true }]);
      await session.recorder.wait("participants", (event) => event.groupId === group.id && event.action === action);
    }
  },

  "reports that a participant left": async (fixture: DriverFixture) => {
    const { session, peer, group } = await createGroup(fixture);
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "leaveGroup", { groupId: group.id });
    const left = await session.recorder.wait(
      "participants",
      (event) => event.groupId === group.id && (event.action === "leave" || event.action === "remove"),
    );
    expect(left.who.map((address) => address.chatId)).toEqual([peer.chatId]);
  },

  "is added to a group by another person": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const { group } = await fixture.sandbox.phones.perform(TENANT, peer.phone, "createGroup", {
      name: "Theirs",
      participants: [phone.chatId],
    });
    await recorder.wait("group", (event) => event.group.id === group.id);
    const info = await operation(driver, "getGroup")({ groupId: group.id });
    expect(info).toMatchObject({ name: "Theirs", owner: { chatId: peer.chatId } });
  },

  "renames a group": async (fixture: DriverFixture) => {
    const { session, group } = await createGroup(fixture);
    const changed = await operation(session.driver, "updateGroup")({ groupId: group.id, name: "Renamed" });
    expect(changed.name).toBe("Renamed");
    const listed = await operation(session.driver, "listGroups")({});
    expect(listed.find((candidate) => candidate.id === group.id)?.name).toBe("Renamed");
  },

  "joins a group by its invite": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const { group } = await fixture.sandbox.phones.perform(TENANT, peer.phone, "createGroup", {
      name: "Open",
      participants: [],
    });
    const { code } = await fixture.sandbox.phones.perform(TENANT, peer.phone, "getInvite", {
      groupId: group.id,
      revoke: false,
    });
    expect(await operation(driver, "joinGroup")({ code })).toEqual({ groupId: group.id });
    const groups = await operation(driver, "listGroups")({});
    expect(groups.map((candidate) => candidate.id)).toContain(group.id);
  },

  "shows what an invite leads to": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const { group } = await fixture.sandbox.phones.perform(TENANT, peer.phone, "createGroup", {
      name: "Shown",
      participants: [],
    });
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "updateGroup", { groupId: group.id, joinApproval: true });
    const { code } = await fixture.sandbox.phones.perform(TENANT, peer.phone, "getInvite", {
      groupId: group.id,
      revoke: false,
    });
    const info = await operation(driver, "getInviteInfo")({ code });
    expect(info).toMatchObject({ groupId: group.id, name: "Shown", description: null, size: 1, joinApproval: true });
    expect(info.owner).toMatchObject({ chatId: peer.chatId });
    await expect(operation(driver, "getInviteInfo")({ code: "AbCdEfGhIjKlMnOpQrStUv" })).rejects.toMatchObject({
      kind: "rejected",
      failure: "target_not_found",
    });
  },

  "changes who may add, who must be approved, and when messages disappear": async (fixture: DriverFixture) => {
    const { session, group } = await createGroup(fixture);
    const change = { joinApproval: true, memberAdd: true, disappearAfter: 86_400 };
    const updated = await operation(session.driver, "updateGroup")({ groupId: group.id, ...change });
    expect(updated).toMatchObject(change);
    const [seen] = await fixture.sandbox.phones
      .perform(TENANT, session.phone.phone, "groups", {})
      .then((groups) => groups.filter(({ id }) => id === group.id));
    expect(seen).toMatchObject({ joinApproval: true, memberAdd: true, ephemeral: 86_400 });
    const read = await operation(session.driver, "getGroup")({ groupId: group.id });
    expect(read).toMatchObject(change);
  },

  "sets a group's picture": async (fixture: DriverFixture) => {
    const { session, group } = await createGroup(fixture);
    const media = await fixture.store(MEDIA_SAMPLES.image);
    await operation(session.driver, "setPicture")({ groupId: group.id, media });
    expect((await operation(session.driver, "getPicture")({ chatId: group.id })).url).toEqual(expect.any(String));
    await operation(session.driver, "setPicture")({ groupId: group.id, media: null });
    expect(await operation(session.driver, "getPicture")({ chatId: group.id })).toEqual({ url: null });
  },

  "leaves a group": async (fixture: DriverFixture) => {
    const { session, group } = await createGroup(fixture);
    await operation(session.driver, "leaveGroup")({ groupId: group.id });
    const groups = await operation(session.driver, "listGroups")({});
    expect(groups.map((candidate) => candidate.id)).not.toContain(group.id);
  },

  "replaces a group's invite": async (fixture: DriverFixture) => {
    const { session, group } = await createGroup(fixture);
    const getInvite = operation(session.driver, "getInvite");
    const { code } = await getInvite({ groupId: group.id, revoke: false });
    expect(await getInvite({ groupId: group.id, revoke: false })).toEqual({ code });
    expect((await getInvite({ groupId: group.id, revoke: true })).code).not.toBe(code);
  },

  "approves a request to join a group": async (fixture: DriverFixture) => {
    const { session, group } = await createGroup(fixture);
    const newcomer = await fixture.phone();
    await fixture.sandbox.phones.approveJoins(TENANT, session.phone.phone, group.id, true);
    const { code } = await operation(session.driver, "getInvite")({ groupId: group.id, revoke: false });
    await fixture.sandbox.phones.perform(TENANT, newcomer.phone, "joinGroup", { code });
    const requests = await operation(session.driver, "listJoinRequests")({ groupId: group.id });
    expect(requests.map(({ address }) => address.chatId)).toEqual([newcomer.chatId]);
    const answers = await operation(
      session.driver,
      "answerJoinRequests",
    )({
      groupId: group.id,
      participants: [newcomer.chatId],
      approve: true,
    });
    expect(answers).toMatchObject([{ participant: newcomer.chatId, ok: true }]);
    await fixture.until("the newcomer to be in the group", async () => {
      const info = await operation(session.driver, "getGroup")({ groupId: group.id });
      return info?.participants.some(({ address }) => address.chatId === newcomer.chatId) === true ? true : undefined;
    });
  },

  "is rejected by a group that it is not in": async (fixture: DriverFixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const { group } = await fixture.sandbox.phones.perform(TENANT, peer.phone, "createGroup", {
      name: "Closed",
      participants: [],
    });
    await expect(driver.send(outbound(group.id, { type: "text", text: "let me in" }))).rejects.toMatchObject({
      kind: "rejected",
    });
  },
};
