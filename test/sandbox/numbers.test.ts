/** Phones whose WhatsApp id differs from the dialled number, and files of the version before they existed. */
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { ADDED_IN_3, ADDED_IN_4 } from "../../sandbox/schema-additions.ts";
import { SCHEMA_VERSION } from "../../sandbox/schema.ts";
import { A, B, message, TestNetwork } from "./test-network.ts";

let network: TestNetwork;
beforeEach(async () => {
  network = await TestNetwork.open();
});
afterEach(() => network.close());

test.each([
  ["Mexico", "525512345678", "5215512345678"],
  ["Argentina", "541123456789", "5491123456789"],
  ["Brazil, an area code whose ids have the ninth digit", "551187654321", "5511987654321"],
  ["Brazil, an area code whose ids do not have it", "5531987654321", "553187654321"],
])("%s: a phone has the id that WhatsApp would give it, and each form leads to it", async (_place, dialled, id) => {
  const chatId = `${id}@c.us`;
  const phone = await network.phones.create(A, { phone: dialled });
  expect(phone).toMatchObject({ chatId, phone: `+${id}`, aliases: [`+${dialled}`] });
  for (const number of [dialled, id]) {
    expect(await network.phones.get(A, number)).toMatchObject({ chatId });
    await expect(network.phones.create(A, { phone: number })).rejects.toMatchObject({ type: "conflict" });
    await expect(network.phones.get(B, number)).rejects.toMatchObject({ type: "not_found" });
  }
  const other = await network.phones.create(A);
  for (const to of [dialled, id, `${dialled}@c.us`])
    expect(await network.phones.send(A, other.phone, message({ to, text: "hi" }))).toMatchObject({ chat: { chatId } });
  const inbox = await network.phones.inbox(A, dialled, { limit: 10, chat: other.phone });
  expect(inbox.data.map(({ from }) => from)).toEqual([other.chatId, other.chatId, other.chatId]);
  const sent = await network.phones.inbox(A, other.phone, { limit: 10, direction: "sent", chat: dialled });
  expect(sent.data).toHaveLength(3);
  const ids = [`${dialled}@c.us`, chatId];
  const checked = await network.phones.perform(A, other.phone, "checkNumbers", { ids });
  expect(checked).toEqual(ids.map(() => ({ id: chatId, exists: true, lid: phone.lid, business: false })));
});

test("other phones have their number as their id", async () => {
  expect(await network.phones.create(A, { phone: "4915123456789" })).toMatchObject({
    chatId: "4915123456789@c.us",
    aliases: [],
  });
  expect((await network.phones.create(A)).aliases).toEqual([]);
});

test("a phone that only lets people add it whom it has written to answers others with an invite", async () => {
  const admin = await network.phones.create(A);
  const reserved = await network.phones.create(A, { groupsPrivacy: "contacts" });
  expect(reserved.groupsPrivacy).toBe("contacts");
  const create = () =>
    network.phones.perform(A, admin.phone, "createGroup", { name: "G", participants: [reserved.chatId] });
  const { group, results } = await create();
  expect(results).toEqual([{ id: reserved.chatId, code: 403, invite: expect.any(String) }]);
  await network.phones.perform(A, reserved.phone, "joinGroup", { code: results[0]!.invite! });
  const [joined] = await network.phones.perform(A, admin.phone, "groups", {});
  expect(joined!.participants.map(({ id }) => id)).toContain(reserved.chatId);
  expect(group.participants).toHaveLength(1);
  await network.phones.send(A, reserved.phone, message({ to: admin.phone, text: "add me next time" }));
  expect((await create()).results).toEqual([{ id: reserved.chatId, code: 200 }]);
});

/** The statements that take away what the versions after this one have added, last first. */
function takeAway(version: number): string {
  const added = `${version < 3 ? ADDED_IN_3 : ""} ${ADDED_IN_4}`.matchAll(
    /ALTER TABLE (\w+) ADD COLUMN (\w+)|CREATE (TABLE|(?:UNIQUE )?INDEX) (\w+)/g,
  );
  const statements = [...added].map(([, table, column, kind, name]) =>
    kind === undefined ? `ALTER TABLE ${table} DROP COLUMN ${column};` : `DROP ${kind.replace("UNIQUE ", "")} ${name};`,
  );
  return statements.toReversed().join("\n");
}

test.each([1, 2, 3])("a file of version %i is upgraded with its phones", async (version) => {
  const phone = await network.phones.create(A, { name: "Kept" });
  await network.sandbox.close();
  const file = new DatabaseSync(join(network.dir, "sandbox.db"));
  file.exec(`PRAGMA foreign_keys = OFF; ${takeAway(version)} PRAGMA user_version = ${version}`);
  if (version === 1) file.exec("ALTER TABLE accounts DROP COLUMN groups_privacy");
  file.close();
  await network.reopen();
  expect(await network.phones.get(A, phone.phone)).toMatchObject({ name: "Kept", groupsPrivacy: "all" });
  await network.sandbox.close();
  const upgraded = new DatabaseSync(join(network.dir, "sandbox.db"));
  expect(upgraded.prepare("PRAGMA user_version").get()).toEqual({ user_version: SCHEMA_VERSION });
  upgraded.exec("PRAGMA user_version = 99");
  upgraded.close();
  await expect(network.reopen()).rejects.toThrow("another version");
});
