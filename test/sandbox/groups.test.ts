/** Groups, and the isolation of tenants. */
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

async function createPhones(count: number): Promise<SandboxPhone[]> {
  return Promise.all(Array.from({ length: count }, () => network.phones.create(A)));
}

const refusal = (code: string) => ({ data: { facts: { refusal: code } } });

describe("a group", () => {
  test("accepts participants who are on WhatsApp and have not blocked its creator", async () => {
    const [creator, friend, blocker] = (await createPhones(3)) as [SandboxPhone, SandboxPhone, SandboxPhone];
    await as(blocker, "block", { id: creator.chatId, blocked: true });
    const { group, results } = await as(creator, "createGroup", {
      name: "G",
      participants: [friend.chatId, blocker.chatId, "15559999999@c.us", friend.lid],
    });
    expect(results.map(({ code }) => code)).toEqual([200, 403, 404, 409]);
    expect(group.participants).toEqual([
      { id: creator.chatId, admin: true },
      { id: friend.chatId, admin: false },
    ]);
  });

  test("lets only admins change it when it is locked, and only admins write when it is for announcements", async () => {
    const [creator, member] = (await createPhones(2)) as [SandboxPhone, SandboxPhone];
    const { group } = await as(creator, "createGroup", { name: "G", participants: [member.chatId] });
    const groupId = group.id;
    await as(member, "updateGroup", { groupId, name: "Ours" });
    await expect(as(member, "updateGroup", { groupId, locked: true })).rejects.toMatchObject(refusal("not_admin"));
    await as(creator, "updateGroup", { groupId, locked: true, announce: true });
    await expect(as(member, "updateGroup", { groupId, name: "Mine" })).rejects.toMatchObject(refusal("not_admin"));
    await expect(network.phones.send(A, member.phone, message({ to: groupId, text: "x" }))).rejects.toMatchObject(
      refusal("not_admin"),
    );
    await as(creator, "changeParticipants", { groupId, action: "promote", participants: [member.chatId] });
    await network.phones.send(A, member.phone, message({ to: groupId, text: "x" }));
    expect(await network.items(creator)).toMatchObject([{ chat: groupId, from: member.chatId }]);
  });

  test("can be joined by invite, after approval if that is required", async () => {
    const [creator, guest, other] = (await createPhones(3)) as [SandboxPhone, SandboxPhone, SandboxPhone];
    const { group } = await as(creator, "createGroup", { name: "G", participants: [] });
    const groupId = group.id;
    const { code } = await as(creator, "getInvite", { groupId, revoke: false });
    expect(await as(guest, "inviteInfo", { code })).toMatchObject({ groupId, name: "G", group: { id: groupId } });
    expect(await as(guest, "joinGroup", { code })).toEqual({ groupId, pending: false });
    await expect(as(guest, "getInvite", { groupId, revoke: true })).rejects.toMatchObject(refusal("not_admin"));
    await network.phones.approveJoins(A, creator.phone, groupId, true);
    expect(await as(other, "joinGroup", { code })).toEqual({ groupId, pending: true });
    expect(await as(creator, "joinRequests", { groupId })).toMatchObject([{ id: other.chatId }]);
    expect(await as(creator, "answerJoinRequests", { groupId, participants: [other.chatId], approve: true })).toEqual([
      { id: other.chatId, code: 200 },
    ]);
    const renewed = await as(creator, "getInvite", { groupId, revoke: true });
    await expect(as(guest, "inviteInfo", { code })).rejects.toMatchObject({ type: "not_found" });
    expect(renewed.code).not.toBe(code);
    expect((await as(other, "groups", {})).map(({ id }) => id)).toEqual([groupId]);
  });

  test("gets a new admin when the last one leaves, and refuses messages of a former member", async () => {
    const [creator, successor] = (await createPhones(2)) as [SandboxPhone, SandboxPhone];
    const { group } = await as(creator, "createGroup", { name: "G", participants: [successor.chatId] });
    await as(creator, "leaveGroup", { groupId: group.id });
    const [left] = await as(successor, "groups", {});
    expect(left?.participants).toEqual([{ id: successor.chatId, admin: true }]);
    await expect(network.phones.send(A, creator.phone, message({ to: group.id, text: "x" }))).rejects.toMatchObject(
      refusal("not_in_group"),
    );
  });

  test("lets an admin revoke a member's message, but no member another member's", async () => {
    const [creator, member] = (await createPhones(2)) as [SandboxPhone, SandboxPhone];
    const { group } = await as(creator, "createGroup", { name: "G", participants: [member.chatId] });
    const mine = await network.phones.send(A, creator.phone, message({ to: group.id, text: "mine" }));
    const tsuccessors = await network.phones.send(A, member.phone, message({ to: group.id, text: "tsuccessors" }));
    const revoke = (phone: SandboxPhone, target: string) =>
      network.phones.send(A, phone.phone, message({ to: group.id, type: "revoke", target }));
    await expect(revoke(member, mine.id)).rejects.toMatchObject(refusal("not_admin"));
    await revoke(creator, tsuccessors.id);
    expect(await network.items(creator)).toMatchObject([{ id: tsuccessors.id, revoked: true }]);
  });

  test("loses a phone that is removed from the network", async () => {
    const [creator, leaver] = (await createPhones(2)) as [SandboxPhone, SandboxPhone];
    const { group } = await as(creator, "createGroup", { name: "G", participants: [leaver.chatId] });
    await network.phones.remove(A, leaver.phone);
    expect((await as(creator, "groups", {})).find(({ id }) => id === group.id)?.participants).toHaveLength(1);
    await expect(network.phones.get(A, leaver.phone)).rejects.toMatchObject({ type: "not_found" });
  });
});

describe("another tenant", () => {
  test("cannot see a phone or use it", async () => {
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

  test("does not find this tenant's numbers on WhatsApp, and cannot create them either", async () => {
    const phone = await network.phones.create(A);
    const outsider = await network.phones.create(B);
    await expect(network.phones.send(B, outsider.phone, message({ to: phone.phone, text: "x" }))).rejects.toMatchObject(
      { type: "number_not_on_whatsapp" },
    );
    expect(await as(outsider, "checkNumbers", { ids: [phone.chatId, phone.lid] }, B)).toMatchObject([
      { exists: false },
      { exists: false },
    ]);
    expect(await as(outsider, "contacts", {}, B)).toEqual([]);
    await expect(network.phones.create(B, { phone: phone.phone.slice(1) })).rejects.toMatchObject({ type: "conflict" });
  });

  test("cannot join a group by its invite", async () => {
    const [creator] = (await createPhones(1)) as [SandboxPhone];
    const { group } = await as(creator, "createGroup", { name: "G", participants: [] });
    const { code } = await as(creator, "getInvite", { groupId: group.id, revoke: false });
    const outsider = await network.phones.create(B);
    await expect(as(outsider, "joinGroup", { code }, B)).rejects.toMatchObject({ type: "not_found" });
  });
});
