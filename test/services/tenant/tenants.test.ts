/** Tenants as the platform's administrators manage them: created, changed, suspended, deleted. */
import type { Id } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import {
  clientOf,
  createKey,
  OPEN,
  PASSWORD,
  registerTenant,
  type Account,
  type SignedIn,
} from "../../harness/accounts.ts";
import { connected, closeSockets } from "../../harness/listener.ts";
import { addSession } from "../../harness/session-rows.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

interface Row {
  id: string;
  code?: string;
}

let system: System;
let database: Database;
let platform: Account;
let acme: Account;

beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant"], environment: OPEN });
  database = await acquireDatabase(system.broker);
  const link = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
  platform = await registerTenant(system, "Platform", link.url.split("#")[1]);
  acme = await registerTenant(system, "Acme");
});
afterEach(closeSockets);
afterAll(async () => {
  await releaseDatabase(system.broker);
  await system.stop();
});

describe("tenants", () => {
  test("are created, changed and limited by platform administrators", async () => {
    const body = {
      name: "Made",
      plan: "pro",
      quotas: { sessions: 7 },
      owner: { name: "Max", email: "max@made.test", password: PASSWORD },
    };
    const made = await platform.owner.expect<Row & { quotas: Record<string, number> }>(201, "POST", "/tenants", body);
    expect(made.quotas).toMatchObject({ sessions: 7, users: 50 });
    await platform.owner.expect(409, "POST", "/tenants", { ...body, name: "Again" });
    const client = clientOf(system);
    const { accessToken } = await client.expect<SignedIn>(200, "POST", "/auth/login", {
      email: "max@made.test",
      password: PASSWORD,
    });
    const usage = await client
      .with({ authorization: `Bearer ${accessToken}` })
      .expect<Record<string, unknown>>(200, "GET", "/tenant/usage");
    expect(usage).toMatchObject({
      users: { used: 1, limit: 50 },
      sessions: { used: 0, limit: 7 },
      messagesToday: { used: 0 },
    });
    await acme.owner.expect(403, "GET", `/tenants/${made.id}`);
  });

  test("have their sessions stopped when suspended, even if no node receives the broadcast", async () => {
    const quiet = await registerTenant(system, "Quiet");
    await addSession(database, quiet.tenantId as Id<"tenant">);
    const desired = () => database.all("SELECT desired FROM placements WHERE tenant_id = $1", [quiet.tenantId]);
    await platform.owner.expect(200, "PATCH", `/tenants/${quiet.tenantId}`, { name: "Quieter" });
    expect(await desired()).toEqual([{ desired: "running" }]);
    await platform.owner.expect(200, "PATCH", `/tenants/${quiet.tenantId}`, { status: "suspended" });
    expect(await desired()).toEqual([{ desired: "stopped" }]);
    expect(await platform.owner.expect(200, "GET", `/tenants/${quiet.tenantId}`)).toMatchObject({
      name: "Quieter",
      status: "suspended",
    });
  });

  test("keep their logins while suspended: a refresh token that was refused is valid afterwards", async () => {
    const { tenantId, anonymous, refreshToken } = await registerTenant(system, "Paused");
    const refresh = () => anonymous.ask<Row>("POST", "/auth/refresh", { refreshToken });
    await platform.owner.expect(200, "PATCH", `/tenants/${tenantId}`, { status: "suspended" });
    for (let n = 0; n < 2; n++) expect((await refresh()).body.code).toBe("tenant_suspended");
    // As if the last exchange were longer ago than the grace period for lost answers.
    await database.run("UPDATE logins SET rotated_at = 0 WHERE tenant_id = $1", [tenantId]);
    await platform.owner.expect(200, "PATCH", `/tenants/${tenantId}`, { status: "active" });
    expect((await refresh()).status).toBe(200);
  });

  test("are locked out immediately when suspended, and only then can be deleted", async () => {
    const doomed = await registerTenant(system, "Doomed");
    const { client } = await createKey(doomed, { scopes: ["user:read"] });
    const listener = await connected(system, { token: doomed.accessToken });
    await platform.owner.expect(409, "DELETE", `/tenants/${doomed.tenantId}`);
    await platform.owner.expect(200, "PATCH", `/tenants/${doomed.tenantId}`, { status: "suspended" });
    expect((await doomed.owner.ask<Row>("GET", "/users")).body.code).toBe("tenant_suspended");
    expect((await client.ask<Row>("GET", "/users")).body.code).toBe("tenant_suspended");
    expect(
      (await doomed.anonymous.ask<Row>("POST", "/auth/login", { email: doomed.email, password: PASSWORD })).body.code,
    ).toBe("tenant_suspended");
    expect(
      (await doomed.anonymous.ask<Row>("POST", "/auth/refresh", { refreshToken: doomed.refreshToken })).body.code,
    ).toBe("tenant_suspended");
    await until(() => listener.socket.disconnected);
    await platform.owner.expect(204, "DELETE", `/tenants/${doomed.tenantId}`);
    await platform.owner.expect(404, "GET", `/tenants/${doomed.tenantId}`);
    await doomed.owner.expect(401, "GET", "/users");
    await platform.owner.expect(409, "PATCH", `/tenants/${platform.tenantId}`, { status: "suspended" });
  });
});
