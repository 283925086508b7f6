/** A restore into the running system: a dry run, the restore, and the system continues with the backup's state. */
import type { EventEnvelope } from "../../../contracts/events.ts";
import type { Backup, RestorePlan } from "../../../contracts/routes/backup.ts";
import type { Message } from "../../../contracts/message.ts";
import type { Session } from "../../../contracts/routes/session.ts";
import type { Sql } from "../../../db/database.ts";
import { countAll, makeBackup, settled, startWithAdmin, withDatabase } from "./backup-system.ts";
import { accountOf, createKey, PASSWORD, registerTenant, type Account, type SignedIn } from "../../harness/accounts.ts";
import { dataOf } from "../../harness/events.ts";
import { until, type System } from "../../harness/system.ts";
import { connected, inboxOf, makePhone, pairSession } from "../../journeys/pairing.ts";

let system: System;
let admin: Account;
let backup: Backup;
let friend: string;
let revoked: Awaited<ReturnType<typeof createKey>>;
let kept: Awaited<ReturnType<typeof createKey>>;
let late: Account;
const atBackup = { messages: [] as Message[], sequence: 0 };

const send = (text: string) =>
  admin.owner.expect<Message>(202, "POST", "/sessions/main/messages", { to: friend, type: "text", text });
const messages = async () =>
  (await admin.owner.expect<{ data: Message[] }>(200, "GET", "/messages?limit=200&direction=outbound")).data;
const oneNumber = async (sql: Sql, text: string) => (await sql.all<{ value: number }>(text))[0]!.value;
const stopMain = async () => {
  await admin.owner.expect(202, "POST", "/sessions/main/stop");
  await admin.owner.until<Session>("/sessions/main", ({ state }) => state === "stopped");
  await until(() =>
    withDatabase(
      system,
      async (sql) =>
        (await oneNumber(sql, "SELECT count(*) AS value FROM placements WHERE owner_incarnation IS NOT NULL")) === 0,
    ),
  );
};

async function signIn(): Promise<Account> {
  return accountOf(
    admin.anonymous,
    await admin.anonymous.expect<SignedIn>(200, "POST", "/auth/login", { email: admin.email, password: PASSWORD }),
  );
}

beforeAll(async () => {
  ({ system, admin } = await startWithAdmin());
  revoked = await createKey(admin, { scopes: ["session:read"] });
  kept = await createKey(admin, { scopes: ["session:read"] });
  const own = await makePhone(admin.owner, "Own");
  friend = await makePhone(admin.owner, "Friend");
  await pairSession(admin.owner, "main", "light", own);
  await send("sent before");
  await until(async () => (await inboxOf(admin.owner, friend)).length === 1);
  await stopMain();
  for (const text of ["queued 1", "queued 2", "queued 3"]) await send(text);
  // The state in which a process leaves a message when it dies during a send.
  await withDatabase(system, (sql) =>
    sql.run("UPDATE messages SET status = 'sending', claim_epoch = 1, attempts = 1 WHERE text = 'queued 1'"),
  );
  backup = await makeBackup(admin);
  atBackup.messages = await messages();
}, 120_000);
afterAll(() => system.stop());

test("the backup passes its verification", () => {
  expect(backup).toMatchObject({ status: "finished", error: null, verifiedAt: expect.any(String) });
});

test("a dry run reports what would change, and changes nothing", async () => {
  late = await registerTenant(system, "Late");
  await send("after the backup");
  await admin.owner.expect(204, "DELETE", `/api-keys/${revoked.id}`);
  atBackup.sequence = await withDatabase(system, (sql) =>
    oneNumber(sql, "SELECT max(sequence) AS value FROM event_streams"),
  );
  const counts = await withDatabase(system, countAll);
  const plan = await admin.owner.expect<RestorePlan>(200, "POST", `/backups/${backup.id}/restore`, { dryRun: true });
  expect(plan.obstacles).toEqual([]);
  expect(plan.tables.find(({ table }) => table === "tenants")).toEqual({ table: "tenants", rowsNow: 2, rowsAfter: 1 });
  expect(plan.tables.find(({ table }) => table === "messages")).toEqual({
    table: "messages",
    rowsNow: 5,
    rowsAfter: 4,
  });
  expect(await withDatabase(system, countAll)).toEqual(counts);
});

test("a restore requires the backup's id as confirmation, and is refused while a session is set to run", async () => {
  const path = `/backups/${backup.id}/restore`;
  expect((await admin.owner.ask("POST", path)).body).toMatchObject({
    code: "validation",
    errors: [{ pointer: "/confirm" }],
  });
  expect((await admin.owner.ask("POST", path, { confirm: "bak_other" })).status).toBe(422);
  expect((await admin.owner.ask("POST", path, { confirm: backup.id, force: true })).status).toBe(422);
  await withDatabase(system, (sql) => sql.run("UPDATE placements SET desired = 'running', not_before = 9999999999999"));
  expect((await admin.owner.ask("POST", path, { confirm: backup.id })).body).toMatchObject({
    code: "conflict",
    facts: { sessions: 1 },
  });
  const plan = await admin.owner.expect<RestorePlan>(200, "POST", path, { dryRun: true });
  expect(plan.obstacles).toEqual([expect.stringContaining("stop them all first")]);
  await withDatabase(system, (sql) => sql.run("UPDATE placements SET desired = 'stopped', not_before = 0"));
});

test("a session that starts after the request fails the restore, and nothing is changed", async () => {
  const counts = await withDatabase(system, countAll);
  await admin.owner.expect<Backup>(202, "POST", `/backups/${backup.id}/restore`, { confirm: backup.id });
  await withDatabase(system, (sql) => sql.run("UPDATE placements SET desired = 'running', not_before = 9999999999999"));
  expect(await settled(admin, backup.id)).toMatchObject({
    restoredAt: null,
    error: expect.stringContaining("stop them all first"),
    activity: null,
  });
  await withDatabase(system, (sql) => sql.run("UPDATE placements SET desired = 'stopped', not_before = 0"));
  const after = await withDatabase(system, countAll);
  for (const table of ["tenants", "users", "messages", "sessions", "logins"]) expect(after[table]).toBe(counts[table]);
});

describe("after the restore", () => {
  const epochOf = (sql: Sql) => oneNumber(sql, "SELECT epoch AS value FROM placements");
  let epoch = 0;
  let lastEvent = 0;

  beforeAll(async () => {
    epoch = await withDatabase(system, epochOf);
    lastEvent = await withDatabase(system, (sql) => oneNumber(sql, "SELECT max(seq) AS value FROM events"));
    await admin.owner.expect(202, "POST", `/backups/${backup.id}/restore`, { confirm: backup.id });
    await until(async () => (await admin.owner.ask("GET", "/auth/me")).status === 401, 60_000);
    admin = await signIn();
    backup = await settled(admin, backup.id);
  }, 90_000);

  test("the backup records it", () => {
    expect(backup).toMatchObject({ error: null, restoredAt: expect.any(String), activity: null });
  });

  test("the data is that of the backup, and all users are signed out immediately", async () => {
    expect(await messages()).toEqual(atBackup.messages);
    expect((await late.owner.ask("GET", "/auth/me")).status).toBe(401);
    expect((await late.anonymous.ask("POST", "/auth/login", { email: late.email, password: PASSWORD })).status).toBe(
      401,
    );
    expect((await admin.anonymous.ask("POST", "/auth/refresh", { refreshToken: late.refreshToken })).status).toBe(401);
    expect((await kept.client.ask("GET", "/sessions")).status).toBe(200);
    // A key that was revoked after the backup must not become valid again.
    expect((await revoked.client.ask("GET", "/sessions")).status).toBe(401);
    const { data } = await admin.owner.expect<{ data: Backup[] }>(200, "GET", "/backups");
    expect(data.map(({ id }) => id)).toEqual([backup.id]);
  });

  test("no counter has decreased", async () => {
    const [now, facts, open] = await withDatabase(system, async (sql) => [
      await epochOf(sql),
      await sql.all<{ value: string }>("SELECT value FROM installation WHERE name = 'restored'"),
      await sql.all<{ status: string }>("SELECT status FROM messages WHERE text = 'queued 1'"),
    ]);
    expect(now).toBeGreaterThanOrEqual(epoch + 1_000);
    expect(JSON.parse(facts[0]!.value)).toMatchObject({ backup: backup.id, madeAt: backup.createdAt });
    expect(open).toEqual([{ status: "sending" }]);
    const { id } = await admin.owner.expect<Session>(201, "POST", "/sessions", {
      name: "new",
      network: "sandbox",
      driver: "light",
    });
    const [position] = await withDatabase(system, (sql) =>
      sql.all<{ seq: number }>("SELECT seq FROM events WHERE session_id = $1", [id]),
    );
    expect(position!.seq).toBeGreaterThan(lastEvent);
    // The log shows an event once no older transaction can still append before it.
    const { data } = await admin.owner.until<{ data: EventEnvelope[] }>(
      "/events?limit=200&types=backup.finished",
      (log) => log.data.length > 0 && dataOf(log.data.at(-1)!)["activity"] === "restoring",
    );
    expect(data.at(-1)!.data).toMatchObject({ backupId: backup.id, activity: "restoring" });
    expect(data.at(-1)!.sequence).toBeGreaterThan(0);
    const largest = await withDatabase(system, (sql) =>
      oneNumber(sql, "SELECT max(sequence) AS value FROM event_streams"),
    );
    expect(largest).toBeGreaterThanOrEqual(atBackup.sequence);
  });

  test("sessions stay stopped; once started, they send each open message once", async () => {
    const before = await inboxOf(admin.owner, friend);
    expect(before).toHaveLength(1);
    expect(await admin.owner.expect<Session>(200, "GET", "/sessions/main")).toMatchObject({ state: "stopped" });
    await admin.owner.expect(202, "POST", "/sessions/main/start");
    await connected(admin.owner, "main");
    await until(async () => (await inboxOf(admin.owner, friend)).length >= 4, 60_000);
    const items = await inboxOf(admin.owner, friend);
    expect(items.map(({ text }) => text).toSorted()).toEqual(["queued 1", "queued 2", "queued 3", "sent before"]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(4);
    await stopMain();
  }, 120_000);
});
