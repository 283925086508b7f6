/** Users and API keys: their permissions over each other, and the isolation of tenants. */
import { ROLE_PERMISSIONS } from "../../../contracts/permissions.ts";
import type { Id } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import { closeSockets } from "../../harness/listener.ts";
import {
  clientOf,
  createKey,
  OPEN,
  PASSWORD,
  registerTenant,
  type Account,
  type SignedIn,
} from "../../harness/accounts.ts";
import type { TestClient } from "../../harness/client.ts";
import { addSession } from "../../harness/session-rows.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

interface Row {
  id: string;
  code?: string;
}
interface List<T> {
  data: T[];
  nextCursor: string | null;
}

let system: System;
let database: Database;
let platform: Account;
let acme: Account;
let other: Account;

beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant", "webhook"], environment: OPEN });
  database = await acquireDatabase(system.broker);
  const link = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
  platform = await registerTenant(system, "Platform", link.url.split("#")[1]);
  [acme, other] = [await registerTenant(system, "Acme"), await registerTenant(system, "Other")];
});
afterEach(closeSockets);
afterAll(async () => {
  await releaseDatabase(system.broker);
  await system.stop();
});

/** A user of the tenant with this role, signed in. */
async function addUser(account: Account, role: string, name: string): Promise<{ id: string; client: TestClient }> {
  const email = `${name}@${account.email.split("@")[1]!}`;
  const { id } = await account.owner.expect<Row>(201, "POST", "/users", { email, name, role, password: PASSWORD });
  const anonymous = clientOf(system);
  const { accessToken } = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", { email, password: PASSWORD });
  return { id, client: anonymous.with({ authorization: `Bearer ${accessToken}` }) };
}

describe("users", () => {
  test("each role has exactly its permissions", async () => {
    const reach = async (client: TestClient) => {
      const asked = [
        ["GET", "/users"],
        ["POST", "/api-keys"],
        ["GET", "/webhooks"],
        ["POST", "/webhooks"],
        ["PATCH", "/tenant"],
        ["GET", "/tenants"],
      ] as const;
      const allowed: string[] = [];
      for (const [method, path] of asked)
        if ((await client.ask(method, path, method === "GET" ? undefined : { no: "such" })).status !== 403)
          allowed.push(`${method} ${path}`);
      return allowed;
    };
    const roles = {
      admin: await addUser(acme, "admin", "admin"),
      operator: await addUser(acme, "operator", "operator"),
      viewer: await addUser(acme, "viewer", "viewer"),
    };
    const ofAdmin = ["GET /users", "POST /api-keys", "GET /webhooks", "POST /webhooks", "PATCH /tenant"];
    expect(await reach(acme.owner)).toEqual(ofAdmin);
    expect(await reach(roles.admin.client)).toEqual(ofAdmin);
    expect(await reach(roles.operator.client)).toEqual(["GET /webhooks", "POST /webhooks"]);
    expect(await reach(roles.viewer.client)).toEqual(["GET /webhooks"]);
    expect(await reach(platform.owner)).toContain("GET /tenants");
  });

  test("an admin cannot change an owner, and no user can become an owner on its own", async () => {
    const { id, client } = await addUser(acme, "admin", "ambitious");
    const attempts = [
      client.ask<Row>("PATCH", `/users/${id}`, { role: "owner" }),
      client.ask<Row>("PATCH", `/users/${acme.userId}`, { role: "viewer" }),
      client.ask<Row>("PATCH", `/users/${acme.userId}`, { password: PASSWORD }),
      client.ask<Row>("DELETE", `/users/${acme.userId}`),
      client.ask<Row>("POST", "/users", { email: "x@x.test", name: "X", role: "owner", password: PASSWORD }),
    ];
    for (const { status, body } of await Promise.all(attempts)) expect([status, body.code]).toEqual([403, "forbidden"]);
  });

  test("an owner who is no platform administrator cannot change one", async () => {
    const { client } = await addUser(platform, "owner", "colleague");
    const path = `/users/${platform.userId}`;
    for (const body of [{ password: `${PASSWORD} taken` }, { disabled: true }, { role: "viewer" }])
      expect((await client.ask<Row>("PATCH", path, body)).body.code).toBe("forbidden");
    expect((await client.ask<Row>("DELETE", path)).body.code).toBe("forbidden");
    await platform.anonymous.expect(200, "POST", "/auth/login", { email: platform.email, password: PASSWORD });
    await platform.owner.expect(200, "PATCH", path, { name: "Platform Owner" });
  });

  test("the last owner stays, even when two owners remove each other concurrently", async () => {
    const lonely = await registerTenant(system, "Lonely");
    for (const [method, body] of [
      ["PATCH", { role: "admin" }],
      ["PATCH", { disabled: true }],
      ["DELETE", undefined],
    ] as const) {
      expect((await lonely.owner.ask<Row>(method, `/users/${lonely.userId}`, body)).body.code).toBe("conflict");
    }
    const second = await addUser(lonely, "owner", "second");
    const answers = await Promise.all([
      lonely.owner.ask("PATCH", `/users/${second.id}`, { role: "viewer" }),
      second.client.ask("PATCH", `/users/${lonely.userId}`, { role: "viewer" }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("a change with If-Match requires that version", async () => {
    const { id } = await addUser(acme, "viewer", "versioned");
    const { headers } = await acme.owner.ask("GET", `/users/${id}`);
    const etag = headers.get("etag")!;
    await acme.owner.expect(200, "PATCH", `/users/${id}`, { name: "One" }, { "if-match": etag });
    await acme.owner.expect(412, "PATCH", `/users/${id}`, { name: "Two" }, { "if-match": etag });
  });

  test("lists are paged, and a cursor is valid for its own list only", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: List<Row> = await acme.owner.expect(
        200,
        "GET",
        `/users?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`,
      );
      expect(page.data.length).toBeLessThanOrEqual(2);
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
      if (cursor !== null)
        expect((await acme.owner.ask<Row>("GET", `/api-keys?cursor=${cursor}`)).body.code).toBe("cursor_invalid");
    } while (cursor !== null);
    expect(seen).toEqual([...new Set(seen)].toSorted());
    expect(seen.length).toBeGreaterThan(3);
  });

  test("the plan's number of users is enforced", async () => {
    const { tenantId } = acme;
    await platform.owner.expect(200, "PATCH", `/tenants/${tenantId}`, { quotas: { users: 1 } });
    const { status, body } = await acme.owner.ask<Row>("POST", "/users", {
      email: "more@acme.test",
      name: "More",
      role: "viewer",
      password: PASSWORD,
    });
    expect([status, body.code]).toEqual([429, "quota_exceeded"]);
    await platform.owner.expect(200, "PATCH", `/tenants/${tenantId}`, { quotas: { users: null } });
  });
});

describe("API keys", () => {
  test("are shown once and stored as a hash", async () => {
    const { id, key } = await createKey(acme, { scopes: ["user:read"] });
    expect(key).toMatch(/^wpp_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/);
    const { data } = await acme.owner.expect<List<Row & { prefix: string }>>(200, "GET", "/api-keys?limit=200");
    expect(data.find((row) => row.id === id)).toMatchObject({ prefix: key.slice(0, 12) });
    expect(JSON.stringify(data)).not.toContain(key.slice(13));
  });

  test("with one character changed are refused", async () => {
    const { key } = await createKey(acme, { scopes: ["user:read"] });
    const changed = `${key.slice(0, 20)}${key[20] === "a" ? "b" : "a"}${key.slice(21)}`;
    await acme.anonymous.with({ "x-api-key": changed }).expect(401, "GET", "/users");
  });

  test("never have more permissions than their creator", async () => {
    const maker = await createKey(acme, { scopes: ["api-key:write", "user:read"] });
    const { status, body } = await maker.client.ask<Row & { errors: { pointer: string }[] }>("POST", "/api-keys", {
      name: "k",
      scopes: ["user:read", "user:write"],
    });
    expect([status, body.errors[0]!.pointer]).toEqual([403, "/scopes"]);
    await maker.client.expect(201, "POST", "/api-keys", { name: "k", scopes: ["user:read"] });
    await acme.owner.expect(422, "POST", "/api-keys", { name: "k", scopes: ["platform:admin"] });
    const writer = await createKey(acme, { scopes: ["user:write", "user:read"] });
    await writer.client.expect(403, "PATCH", `/users/${acme.userId}`, { role: "viewer" });
    await writer.client.expect(403, "POST", "/auth/logout");
  });

  test("create and change no users beyond their own permissions, and none that outlive them", async () => {
    const admin = await addUser(acme, "admin", "target");
    const viewer = await addUser(acme, "viewer", "watcher");
    const few = await createKey(acme, { scopes: ["user:write", "user:read"] });
    const newcomer = (name: string, role: string) => ({ email: `${name}@acme.test`, name, role, password: PASSWORD });
    for (const role of ["admin", "operator", "viewer"])
      expect((await few.client.ask<Row>("POST", "/users", newcomer(`by-few-${role}`, role))).body.code).toBe(
        "forbidden",
      );
    for (const { id } of [admin, viewer]) {
      expect((await few.client.ask<Row>("PATCH", `/users/${id}`, { password: `${PASSWORD} taken` })).body.code).toBe(
        "forbidden",
      );
      expect((await few.client.ask<Row>("DELETE", `/users/${id}`)).body.code).toBe("forbidden");
    }
    const ofViewer = await createKey(acme, { scopes: ["user:write", ...ROLE_PERMISSIONS.viewer] });
    await ofViewer.client.expect(403, "POST", "/users", newcomer("by-viewer", "viewer"));
    for (const change of [
      { role: "operator" },
      { role: "viewer" },
      { password: `${PASSWORD} taken` },
      { disabled: false },
    ])
      await ofViewer.client.expect(403, "PATCH", `/users/${viewer.id}`, change);
    await ofViewer.client.expect(200, "PATCH", `/users/${viewer.id}`, { name: "Renamed", disabled: true });
    await ofViewer.client.expect(204, "DELETE", `/users/${viewer.id}`);
    await addSession(database, acme.tenantId as Id<"tenant">);
    const limited = await createKey(acme, { scopes: ROLE_PERMISSIONS.admin, sessions: ["main"] });
    await limited.client.expect(403, "POST", "/users", newcomer("by-limited", "viewer"));
  });

  test("are limited to their networks, sessions and expiry", async () => {
    const { key } = await createKey(acme, { scopes: ["user:read"], ipAllow: ["198.51.100.0/24", "2001:db8::/32"] });
    const from = (address: string) =>
      acme.anonymous.with({ "x-api-key": key, "x-forwarded-for": address }).ask<Row>("GET", "/users");
    expect((await from("198.51.100.9")).status).toBe(200);
    expect((await from("2001:db8::9")).status).toBe(200);
    expect((await from("198.51.101.9")).body.code).toBe("forbidden");
    const refused = [
      { ipAllow: ["everywhere"] },
      { sessions: ["no such session"] },
      { expiresAt: "2020-01-01T00:00:00Z" },
    ];
    for (const body of refused)
      await acme.owner.expect(422, "POST", "/api-keys", { name: "k", scopes: ["user:read"], ...body });
    const soon = await createKey(acme, {
      scopes: ["user:read"],
      expiresAt: new Date(Date.now() + 1_500).toISOString(),
    });
    await soon.client.expect(200, "GET", "/users");
    await until(async () => (await soon.client.ask("GET", "/users")).status === 401);
  });

  test("are invalid as soon as they are revoked", async () => {
    const { id, client } = await createKey(acme, { scopes: ["user:read"] });
    await client.expect(200, "GET", "/users");
    await acme.owner.expect(204, "DELETE", `/api-keys/${id}`);
    await client.expect(401, "GET", "/users");
    await acme.owner.expect(404, "DELETE", `/api-keys/${id}`);
  });
});

describe("isolation of tenants", () => {
  test("resources of another tenant are not found", async () => {
    const { id: keyId } = await createKey(other, { scopes: ["user:read"] });
    const { id: userId } = await addUser(other, "viewer", "walled");
    for (const [method, path, body] of [
      ["GET", `/users/${userId}`, undefined],
      ["PATCH", `/users/${userId}`, { name: "Mine" }],
      ["DELETE", `/users/${userId}`, undefined],
      ["DELETE", `/api-keys/${keyId}`, undefined],
    ] as const) {
      const { status, body: answer } = await acme.owner.ask<Row>(method, path, body);
      expect([path, status, answer.code]).toEqual([path, 404, "not_found"]);
    }
    const { data } = await acme.owner.expect<List<Row>>(200, "GET", "/users?limit=200");
    expect(data.map(({ id }) => id)).not.toContain(userId);
    expect((await acme.owner.ask("PATCH", "/tenant", { tenantId: other.tenantId })).status).toBe(422);
    const audit = await acme.owner.expect<List<{ target: string }>>(200, "GET", "/audit?limit=200");
    expect(audit.data.map(({ target }) => target)).not.toContain(keyId);
  });
});
