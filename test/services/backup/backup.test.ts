/** Backups over the API: created under load, verified, listed, exported, scheduled and cleaned up. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { EventEnvelope } from "../../../contracts/events.ts";
import type { Backup, BackupSchedule, RestorePlan } from "../../../contracts/routes/backup.ts";
import type { Message } from "../../../contracts/message.ts";
import { readTableShapes } from "../../../db/statements/backup/table-shapes.ts";
import { EXPORTED, NOT_EXPORTED } from "../../../services/backup/tables.ts";
import { countAll, insertMany, makeBackup, settled, startWithAdmin, withDatabase } from "./backup-system.ts";
import { createKey, registerTenant, type Account } from "../../harness/accounts.ts";
import { dataOf } from "../../harness/events.ts";
import { until, type System } from "../../harness/system.ts";

let system: System;
let admin: Account;
let other: Account;
const fileOf = (id: string) => join(system.dataDir, "backups", `${id}.wppbak`);

beforeAll(async () => {
  ({ system, admin } = await startWithAdmin());
  other = await registerTenant(system, "Beta");
  for (const { owner } of [admin, other]) {
    await owner.expect(201, "POST", "/sessions", { name: "main", network: "sandbox", driver: "light" });
    await owner.expect(201, "POST", "/webhooks", { url: "https://example.com/hook", events: ["session.logged_out"] });
  }
});
afterAll(() => system.stop());

const send = (account: Account, text: string) =>
  account.owner.expect<Message>(202, "POST", "/sessions/main/messages", { to: "+15550100999", type: "text", text });

async function eventsOf(account: Account, types: string): Promise<EventEnvelope[]> {
  return (await account.owner.expect<{ data: EventEnvelope[] }>(200, "GET", `/events?limit=200&types=${types}`)).data;
}

/** The rows of an export by table, as objects. */
function tablesOf(export_: Buffer): Record<string, Record<string, unknown>[]> {
  const tables: Record<string, Record<string, unknown>[]> = {};
  let open: { name: string; columns: string[] } | undefined;
  for (const line of gunzipSync(export_).toString("utf8").trimEnd().split("\n")) {
    const json = JSON.parse(line) as unknown[] | { type: string; name: string; columns: string[] };
    if (!Array.isArray(json)) {
      open = json;
      if (json.type === "table") tables[json.name] = [];
    } else tables[open!.name]!.push(Object.fromEntries(open!.columns.map((column, index) => [column, json[index]])));
  }
  return tables;
}

describe("a backup of the installation", () => {
  test("contains one consistent state while writes continue, and passes its verification", async () => {
    await withDatabase(system, (sql) => insertMany(sql, 3_000));
    const before = await Promise.all(Array.from({ length: 10 }, (_, n) => send(admin, `before ${n}`)));
    const load = new AbortController();
    const writing = (async () => {
      let sent = 0;
      for (; !load.signal.aborted; sent += 2)
        await Promise.all([send(admin, `during ${sent}`), send(other, `during ${sent}`)]);
      return sent;
    })();
    const made = await makeBackup(admin).finally(() => load.abort());
    expect(await writing).toBeGreaterThan(10);
    expect(made).toMatchObject({
      status: "finished",
      progress: 100,
      error: null,
      kind: "installation",
      verifiedAt: expect.any(String),
    });
    const accepted = made.tables!["messages"]! - 3_000;
    expect(accepted).toBeGreaterThanOrEqual(before.length);
    expect((await withDatabase(system, countAll))["messages"]! - 3_000).toBeGreaterThan(accepted);
    expect(made.tables).not.toHaveProperty("backups");
  });

  test("is stored encrypted, readable by its owner only, and downloaded as stored", async () => {
    const made = await makeBackup(admin, { verify: false });
    expect(made.verifiedAt).toBeNull();
    const file = readFileSync(fileOf(made.id));
    expect(statSync(fileOf(made.id)).mode & 0o777).toBe(0o600);
    expect(made).toMatchObject({ size: file.length, checksum: createHash("sha256").update(file).digest("hex") });
    expect(file.includes("before")).toBe(false);
    const answer = await admin.owner.ask<Buffer>("GET", `/backups/${made.id}/download`);
    expect(answer.body.equals(file)).toBe(true);
    expect(answer.headers.get("content-disposition")).toContain(`${made.id}.wppbak`);
    expect(readdirSync(join(system.dataDir, "backups")).filter((name) => !name.endsWith(".wppbak"))).toEqual([]);
    if (existsSync(join(system.dataDir, "backup-work")))
      expect(readdirSync(join(system.dataDir, "backup-work"))).toEqual([]);
  });

  test("is accessible to platform administrators only", async () => {
    const { data } = await admin.owner.expect<{ data: Backup[] }>(200, "GET", "/backups");
    const { id } = data.find((backup) => backup.kind === "installation")!;
    expect((await other.owner.expect<{ data: Backup[] }>(200, "GET", "/backups")).data).toEqual([]);
    expect((await other.owner.ask("POST", "/backups")).status).toBe(403);
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["GET", "/download"],
    ] as const) {
      expect((await other.owner.ask(method, `/backups/${id}${path}`)).status).toBe(404);
    }
    for (const action of ["verify", "restore"])
      expect((await other.owner.ask("POST", `/backups/${id}/${action}`)).status).toBe(403);
    expect((await other.owner.ask("GET", "/backups/schedule")).status).toBe(403);
  });

  test("runs one at a time, and reports its progress to its requester", async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => admin.owner.ask<Backup & { code: string }>("POST", "/backups", {})),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409]);
    const { id } = answers.find(({ status }) => status === 202)!.body;
    expect((await admin.owner.ask("DELETE", `/backups/${id}`)).status).toBe(409);
    await settled(admin, id);
    const events = (await eventsOf(admin, "backup.*")).filter((event) => dataOf(event)["backupId"] === id);
    expect(events.filter(({ type }) => type === "backup.finished").map((event) => dataOf(event)["activity"])).toEqual([
      "creating",
      "verifying",
    ]);
    const progressTimes = events.filter(({ type }) => type === "backup.progress").map(({ at }) => Date.parse(at));
    expect(progressTimes.length).toBeGreaterThan(0);
    for (const [index, at] of progressTimes.entries())
      if (index > 0) expect(at - progressTimes[index - 1]!).toBeGreaterThanOrEqual(900);
    expect(await eventsOf(other, "backup.*")).toEqual([]);
  });

  test("fails its verification when damaged on disk, and is not restored", async () => {
    const made = await makeBackup(admin);
    const bytes = readFileSync(fileOf(made.id));
    bytes[bytes.length - 100]! ^= 4;
    writeFileSync(fileOf(made.id), bytes);
    await admin.owner.expect(202, "POST", `/backups/${made.id}/verify`);
    expect(await settled(admin, made.id)).toMatchObject({
      status: "finished",
      verifiedAt: null,
      error: expect.stringContaining("damaged"),
    });
    const counts = await withDatabase(system, countAll);
    await admin.owner.expect(202, "POST", `/backups/${made.id}/restore`, { confirm: made.id });
    expect(await settled(admin, made.id)).toMatchObject({
      restoredAt: null,
      error: expect.stringContaining("damaged"),
    });
    expect((await withDatabase(system, countAll))["messages"]).toBe(counts["messages"]);
    expect((await eventsOf(admin, "backup.failed")).map((event) => dataOf(event)["activity"])).toEqual([
      "verifying",
      "restoring",
    ]);
    rmSync(fileOf(made.id));
    expect((await admin.owner.ask("GET", `/backups/${made.id}/download`)).status).toBe(503);
    const plan = await admin.owner.expect<RestorePlan>(200, "POST", `/backups/${made.id}/restore`, { dryRun: true });
    expect(plan.obstacles).toEqual([expect.stringContaining("the file does not exist")]);
    await admin.owner.expect(204, "DELETE", `/backups/${made.id}`);
  });
});

describe("an export", () => {
  test("every table with a tenant is listed as exported or as not exported", async () => {
    const withTenant = (await withDatabase(system, readTableShapes))
      .filter((shape) => shape.columns.includes("tenant_id"))
      .map((shape) => shape.name);
    const decided = new Set([...Object.keys(EXPORTED), ...NOT_EXPORTED]);
    expect(withTenant.filter((name) => !decided.has(name))).toEqual([]);
  });

  test("contains the tenant's rows only, with media, without secrets", async () => {
    await send(admin, "alpha's own words");
    await send(other, "beta's own words");
    const form = new FormData();
    form.append("file", new Blob([Buffer.from("the bytes of a picture")], { type: "text/plain" }), "note.txt");
    await other.owner.expect(201, "POST", "/uploads", form);
    const exports = await Promise.all(
      [admin, other].map(({ owner }) => owner.expect<Backup>(202, "POST", "/exports", { media: true })),
    );
    for (const [index, account] of [admin, other].entries()) {
      const done = await settled(account, exports[index]!.id);
      expect(done).toMatchObject({ kind: "export", status: "finished", expiresAt: expect.any(String) });
      const { body, headers } = await account.owner.ask<Buffer>("GET", `/backups/${done.id}/download`);
      expect(headers.get("content-type")).toBe("application/gzip");
      expect(done).toMatchObject({ size: body.length, checksum: createHash("sha256").update(body).digest("hex") });
      const { tenants, ...tables } = tablesOf(body);
      expect(tenants!.map((row) => row["id"])).toEqual([account.tenantId]);
      for (const rows of Object.values(tables)) for (const row of rows) expect(row["tenant_id"]).toBe(account.tenantId);
      expect(tables["messages"]!.length).toBeGreaterThan(0);
      const text = gunzipSync(body).toString("utf8");
      expect([text.includes("alpha's own words"), text.includes("beta's own words")]).toEqual([
        account === admin,
        account === other,
      ]);
      expect(text.includes(Buffer.from("the bytes of a picture").toString("base64"))).toBe(account === other);
      expect(Object.keys(tables["users"]![0]!)).not.toContain("password_hash");
      expect(Object.keys(tables["webhooks"]![0]!)).not.toContain("secret");
      expect(tables).not.toHaveProperty("logins");
    }
  });

  test("is downloaded by its tenant only, and not by keys limited to sessions", async () => {
    const { id } = (await other.owner.expect<{ data: Backup[] }>(200, "GET", "/backups")).data[0]!;
    for (const path of ["", "/download"])
      expect((await admin.owner.ask("GET", `/backups/${id}${path}`)).status).toBe(404);
    expect((await admin.owner.ask("POST", `/backups/${id}/restore`, { dryRun: true })).status).toBe(404);
    const limited = await createKey(other, { scopes: ["backup:read", "backup:write"], sessions: ["main"] });
    for (const [method, path] of [
      ["POST", "/exports"],
      ["GET", "/backups"],
      ["GET", `/backups/${id}/download`],
    ] as const) {
      expect((await limited.client.ask(method, path)).status).toBe(403);
    }
    const reader = await createKey(other, { scopes: ["backup:read"] });
    expect((await reader.client.ask("GET", `/backups/${id}/download`)).status).toBe(200);
    expect((await reader.client.ask("DELETE", `/backups/${id}`)).status).toBe(403);
    await other.owner.expect(204, "DELETE", `/backups/${id}`);
    expect(existsSync(fileOf(id))).toBe(false);
  });

  test("is deleted when it expires", async () => {
    const { id } = await other.owner.expect<Backup>(202, "POST", "/exports");
    await settled(other, id);
    expect(existsSync(fileOf(id))).toBe(true);
    await withDatabase(system, (sql) => sql.run("UPDATE backups SET expires_at = 1 WHERE id = $1", [id]));
    await until(async () => (await other.owner.ask("GET", `/backups/${id}`)).status === 404);
    await until(() => !existsSync(fileOf(id)));
  });
});

describe("the schedule", () => {
  const plan = {
    enabled: true,
    everyHours: 1,
    keep: { hourly: 2, daily: 0, weekly: 0, monthly: 0 },
    media: false,
    verify: false,
  };
  const scheduled = async () =>
    (await admin.owner.expect<{ data: Backup[] }>(200, "GET", "/backups?limit=200")).data.filter(
      ({ origin, activity }) => origin === "schedule" && activity === null,
    );
  /** Lets an hour pass: existing backups are an hour older, and the next one is due. */
  const passHour = () =>
    withDatabase(system, async (sql) => {
      await sql.run("UPDATE backups SET created_at = created_at - 3600000 WHERE origin = 'schedule'");
      await sql.run("UPDATE backup_schedule SET next_at = 1");
    });

  test("is off until set, and changed with If-Match", async () => {
    const first = await admin.owner.ask<BackupSchedule>("GET", "/backups/schedule");
    expect(first.body).toMatchObject({ enabled: false, nextAt: null });
    const set = await admin.owner.ask<BackupSchedule>("PUT", "/backups/schedule", plan, {
      "if-match": first.headers.get("etag")!,
    });
    expect(set).toMatchObject({ status: 200, body: plan });
    const next = Date.parse(set.body.nextAt!);
    expect(next % 3_600_000).toBe(0);
    expect(next - Date.now()).toBeLessThanOrEqual(3_600_000);
    expect(
      (await admin.owner.ask("PUT", "/backups/schedule", plan, { "if-match": first.headers.get("etag")! })).status,
    ).toBe(412);
    expect((await admin.owner.ask("PUT", "/backups/schedule", { ...plan, everyHours: 0 })).status).toBe(422);
  });

  test("creates one backup at each scheduled time, and keeps the requested generations", async () => {
    const seen: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      await passHour();
      const made = await until(async () => (await scheduled()).find(({ id }) => !seen.includes(id)), 60_000);
      expect(made.status).toBe("finished");
      seen.push(made.id);
    }
    await until(async () => (await scheduled()).length === 2);
    expect((await scheduled()).map(({ id }) => id)).toEqual(seen.slice(-2).toReversed());
    await until(() => seen.map((id) => existsSync(fileOf(id))).join() === "false,false,true,true");
    // Backups that were requested by hand are never removed.
    const { data } = await admin.owner.expect<{ data: Backup[] }>(200, "GET", "/backups");
    expect(data.filter(({ origin, kind }) => origin === "request" && kind === "installation").length).toBeGreaterThan(
      0,
    );
  });
});
