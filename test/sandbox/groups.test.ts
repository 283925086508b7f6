/** Groups, and the walls between tenants. */
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import type { WireOperations } from "../../contracts/sandbox-wire.ts";
import type { AccountOperation } from "../../sandbox/operations.ts";
import { A, B, message, TestNetwork } from "./test-network.ts";

let network: TestNetwork;
beforeAll(async () => {
  network = await TestNetwork.open();
});
afterAll(() => network.close());

function as<N extends AccountOperation>(
  phone: SandboxPhone,
  op: N,
  input: WireOperations[N][0],
  tenant = A,
): Promise<WireOperations[N][1]> {
  return network.phones.perform(tenant, phone.phone, op, input);
}

async function people(count: number): Promise<SandboxPhone[]> {
  return Promise.all(Array.from({ length: count }, () => network.phones.create(A)));
}

const refusal = (code: string) => ({ data: { facts: { refusal: code } } });

describe("a group", () => {
  test("takes in those who are on WhatsApp and have not blocked its maker", async () => {
    const [maker, friend, foe] = (await people(3)) as [SandboxPhone, SandboxPhone, SandboxPhone];
    await as(foe, "block", { id: maker.chatId, blocked: true });
    const { group, results } = await as(maker, "createGroup", {
      name: "G",
      participants: [friend.chatId, foe.chatId, "15559999999@c.us", friend.lid],
    });
    expect(results.map(({ code }) => code)).toEqual([200, 403, 404, 409]);
    expect(group.participants).toEqual([
      { id: maker.chatId, admin: true },
      { id: friend.chatId, admin: false },
    ]);
  });

  test("lets admins alone change it when it is locked, and write when it is for announcements", async () => {
    const [maker, member] = (await people(2)) as [SandboxPhone, SandboxPhone];
    const { group } = await as(maker, "createGroup", { name: "G", participants: [member.chatId] });
    const groupId = group.id;
    await as(member, "updateGroup", { groupId, name: "Ours" });
    await expect(as(member, "updateGroup", { groupId, locked: true })).rejects.toMatchObject(refusal("not_admin"));
    await as(maker, "updateGroup", { groupId, locked: true, announce: true });
    await expect(as(member, "updateGroup", { groupId, name: "Mine" })).rejects.toMatchObject(refusal("not_admin"));
    await expect(network.phones.send(A, member.phone, message({ to: groupId, text: "x" }))).rejects.toMatchObject(
      refusal("not_admin"),
    );
    await as(maker, "changeParticipants", { groupId, action: "promote", participants: [member.chatId] });
    await network.phones.send(A, member.phone, message({ to: groupId, text: "x" }));
    expect(await network.items(maker)).toMatchObject([{ chat: groupId, from: member.chatId }]);
  });

  test("is joined by invite, after approval where that is asked for", async () => {
    const [maker, guest, other] = (await people(3)) as [SandboxPhone, SandboxPhone, SandboxPhone];
    const { group } = await as(maker, "createGroup", { name: "G", participants: [] });
    const groupId = group.id;
    const { code } = await as(maker, "getInvite", { groupId, revoke: false });
    expect(await as(guest, "inviteInfo", { code })).toEqual({ groupId, name: "G" });
    expect(await as(guest, "joinGroup", { code })).toEqual({ groupId, pending: false });
    await expect(as(guest, "getInvite", { groupId, revoke: true })).rejects.toMatchObject(refusal("not_admin"));
    await network.phones.approveJoins(A, maker.phone, groupId, true);
    expect(await as(other, "joinGroup", { code })).toEqual({ groupId, pending: true });
    expect(await as(maker, "joinRequests", { groupId })).toMatchObject([{ id: other.chatId }]);
    expect(await as(maker, "answerJoinRequests", { groupId, participants: [other.chatId], approve: true })).toEqual([
      { id: other.chatId, code: 200 },
    ]);
    const renewed = await as(maker, "getInvite", { groupId, revoke: true });
    await expect(as(guest, "inviteInfo", { code })).rejects.toMatchObject({ type: "not_found" });
    expect(renewed.code).not.toBe(code);
    expect((await as(other, "groups", {})).map(({ id }) => id)).toEqual([groupId]);
  });

  test("gets a new admin when its last one leaves, and is closed to who has left", async () => {
    const [maker, heir] = (await people(2)) as [SandboxPhone, SandboxPhone];
    const { group } = await as(maker, "createGroup", { name: "G", participants: [heir.chatId] });
    await as(maker, "leaveGroup", { groupId: group.id });
    const [left] = await as(heir, "groups", {});
    expect(left?.participants).toEqual([{ id: heir.chatId, admin: true }]);
    await expect(network.phones.send(A, maker.phone, message({ to: group.id, text: "x" }))).rejects.toMatchObject(
      refusal("not_in_group"),
    );
  });

  test("lets an admin revoke what a member wrote, and no member what another did", async () => {
    const [maker, member] = (await people(2)) as [SandboxPhone, SandboxPhone];
    const { group } = await as(maker, "createGroup", { name: "G", participants: [member.chatId] });
    const mine = await network.phones.send(A, maker.phone, message({ to: group.id, text: "mine" }));
    const theirs = await network.phones.send(A, member.phone, message({ to: group.id, text: "theirs" }));
    const revoke = (phone: SandboxPhone, target: string) =>
      network.phones.send(A, phone.phone, message({ to: group.id, type: "revoke", target }));
    await expect(revoke(member, mine.id)).rejects.toMatchObject(refusal("not_admin"));
    await revoke(maker, theirs.id);
    expect(await network.items(maker)).toMatchObject([{ id: theirs.id, revoked: true }]);
  });

  test("loses a phone that is taken off the network, and is told", async () => {
    const [maker, leaver] = (await people(2)) as [SandboxPhone, SandboxPhone];
    const { group } = await as(maker, "createGroup", { name: "G", participants: [leaver.chatId] });
    await network.phones.remove(A, leaver.phone);
    expect((await as(maker, "groups", {})).find(({ id }) => id === group.id)?.participants).toHaveLength(1);
    await expect(network.phones.get(A, leaver.phone)).rejects.toMatchObject({ type: "not_found" });
  });
});

describe("another tenant", () => {
  test("cannot see a phone, nor do anything with it", async () => {
    const phone = await network.phones.create(A, { name: "Secret" });
    const attempts = [
      network.phones.get(B, phone.phone),
      network.phones.change(B, phone.phone, { name: "x" }),
      network.phones.remove(B, phone.phone),
      network.phones.inbox(B, phone.phone),
      network.phones.send(B, phone.phone, message({ to: phone.phone, text: "x" })),
      network.phones.scan(B, phone.phone, { qr: "x" }),
      network.phones.unlink(B, phone.phone, undefined),
      network.phones.call(B, phone.phone, phone.phone, false),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ type: "not_found" });
    expect((await network.phones.list(B, { limit: 200 })).data).toEqual([]);
    expect(await network.phones.get(A, phone.phone)).toMatchObject({ name: "Secret" });
  });

  test("does not find its numbers on WhatsApp, but cannot take them either", async () => {
    const phone = await network.phones.create(A);
    const stranger = await network.phones.create(B);
    await expect(network.phones.send(B, stranger.phone, message({ to: phone.phone, text: "x" }))).rejects.toMatchObject(
      { type: "number_not_on_whatsapp" },
    );
    expect(await as(stranger, "checkNumbers", { ids: [phone.chatId, phone.lid] }, B)).toMatchObject([
      { exists: false },
      { exists: false },
    ]);
    expect(await as(stranger, "contacts", {}, B)).toEqual([]);
    await expect(network.phones.create(B, { phone: phone.phone.slice(1) })).rejects.toMatchObject({ type: "conflict" });
  });

  test("cannot join a group by its invite", async () => {
    const [maker] = (await people(1)) as [SandboxPhone];
    const { group } = await as(maker, "createGroup", { name: "G", participants: [] });
    const { code } = await as(maker, "getInvite", { groupId: group.id, revoke: false });
    const stranger = await network.phones.create(B);
    await expect(as(stranger, "joinGroup", { code }, B)).rejects.toMatchObject({ type: "not_found" });
  });
});
