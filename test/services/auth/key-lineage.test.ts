/** What a key makes is never more than the key, in any dimension, and ends with it; and a key ends with its maker. */
import type { Permission } from "../../../contracts/permissions.ts";
import type { Id } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import { rightsOf } from "../../../access/key-lineage.ts";
import type { CheckedKey } from "../../../db/statements/identity/find-credentials.ts";
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
import { TestClient } from "../../harness/client.ts";
import { closeSockets, connected } from "../../harness/listener.ts";
import { addSession } from "../../harness/session-rows.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

interface Key {
  id: string;
  key: string;
  scopes: string[];
  sessions: string[] | null;
  ipAllow: string[] | null;
  expiresAt: string;
  createdBy: string;
}
interface Refusal {
  code: string;
  detail: string;
  errors?: { pointer: string }[];
}

let system: System;
let database: Database;
let acme: Account;

beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant"], environment: OPEN });
  database = await acquireDatabase(system.broker);
  acme = await registerTenant(system, "Acme");
});
afterEach(closeSockets);
afterAll(async () => {
  await releaseDatabase(system.broker);
  await system.stop();
});

const clientFor = (key: string, address: string) =>
  new TestClient(system.url, { "x-api-key": key, "x-forwarded-for": address });
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

describe("a key made by a key", () => {
  let maker: TestClient;
  let makerEnd: string;
  let sessionIds: string[];
  const makeKey = (body: object) =>
    maker.ask<Key & Refusal>("POST", "/api-keys", { name: "child", scopes: ["user:read"], ...body });

  beforeAll(async () => {
    sessionIds = [];
    for (const name of ["one", "two", "three"])
      sessionIds.push(await addSession(database, acme.tenantId as Id<"tenant">, name));
    makerEnd = inHours(1);
    const { key } = await createKey(acme, {
      scopes: ["api-key:write", "user:read"],
      ipAllow: ["198.51.100.0/24", "2001:db8::/32"],
      sessions: ["one", "two"],
      expiresAt: makerEnd,
    });
    maker = clientFor(key, "198.51.100.7");
  });

  test("has the bounds of its maker when none are given", async () => {
    const { status, body } = await makeKey({});
    expect(status).toBe(201);
    expect(body).toMatchObject({ ipAllow: ["198.51.100.0/24", "2001:db8::/32"], expiresAt: makerEnd });
    expect(body.sessions?.toSorted()).toEqual(sessionIds.slice(0, 2).toSorted());
    expect(body.createdBy).toMatch(/^key_/);
  });

  test("may have narrower ones", async () => {
    const narrow = { ipAllow: ["198.51.100.64/26"], sessions: ["two"], expiresAt: inHours(0.5) };
    expect((await makeKey(narrow)).body).toMatchObject({ ...narrow, sessions: [sessionIds[1]] });
  });

  test.each([
    ["a permission", { scopes: ["user:read", "user:write"] }, "/scopes", 403],
    ["an address", { ipAllow: ["198.51.100.0/24", "203.0.113.0/24"] }, "/ipAllow/1", 403],
    ["a wider network", { ipAllow: ["198.51.0.0/16"] }, "/ipAllow/0", 403],
    ["every address", { ipAllow: ["0.0.0.0/0"] }, "/ipAllow/0", 403],
    ["every address of the other kind", { ipAllow: ["::/0"] }, "/ipAllow/0", 403],
    ["a session", { sessions: ["one", "three"] }, "/sessions/1", 422],
    ["a minute of life", { expiresAt: inHours(1.02) }, "/expiresAt", 403],
  ])("has not %s more", async (_name, body, pointer, status) => {
    const answer = await makeKey(body);
    expect([answer.status, answer.body.errors?.map((error) => error.pointer)]).toEqual([status, [pointer]]);
  });

  test("has no descendants beyond the fifth generation", async () => {
    let client = acme.owner;
    const statuses: number[] = [];
    for (let generation = 1; generation <= 6; generation++) {
      const { status, body } = await client.ask<Key>("POST", "/api-keys", { name: "k", scopes: ["api-key:write"] });
      statuses.push(status);
      client = clientFor(body.key, "198.51.100.7");
    }
    expect(statuses).toEqual([201, 201, 201, 201, 201, 403]);
  });

  test("ends with its maker, with open sockets too", async () => {
    const parent = await createKey(acme, { scopes: ["api-key:write", "event:read", "user:read"] });
    const child = await parent.client.expect<Key>(201, "POST", "/api-keys", {
      name: "c",
      scopes: ["event:read", "api-key:write"],
    });
    const childClient = clientFor(child.key, "198.51.100.9");
    const grandchild = await childClient.expect<Key>(201, "POST", "/api-keys", { name: "g", scopes: ["event:read"] });
    const { socket } = await connected(system, { apiKey: grandchild.key });
    await childClient.expect(200, "GET", "/auth/me");
    await acme.owner.expect(204, "DELETE", `/api-keys/${parent.id}`);
    await childClient.expect(401, "GET", "/auth/me");
    await clientFor(grandchild.key, "198.51.100.9").expect(401, "GET", "/auth/me");
    await until(() => socket.disconnected);
    const { data } = await acme.owner.expect<{ data: Key[] }>(200, "GET", "/api-keys?limit=200");
    expect(data.filter(({ id }) => [parent.id, child.id, grandchild.id].includes(id))).toEqual([]);
  });
});

describe("a key made by a user", () => {
  async function addAdmin(name: string) {
    const email = `${name}@acme.test`;
    const { id } = await acme.owner.expect<{ id: string }>(201, "POST", "/users", {
      email,
      name,
      role: "admin",
      password: PASSWORD,
    });
    const anonymous = clientOf(system);
    const { accessToken } = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", { email, password: PASSWORD });
    const client = anonymous.with({ authorization: `Bearer ${accessToken}` });
    const { key, id: keyId } = await client.expect<Key>(201, "POST", "/api-keys", {
      name: "k",
      scopes: ["user:read", "tenant:read", "event:read", "api-key:write"],
    });
    const keyClient = anonymous.with({ "x-api-key": key });
    const { key: childKey } = await keyClient.expect<Key>(201, "POST", "/api-keys", {
      name: "c",
      scopes: ["user:read", "tenant:read"],
    });
    return { id, keyId, key, client: keyClient, child: anonymous.with({ "x-api-key": childKey }) };
  }
  const permissionsOf = async (client: TestClient) =>
    (await client.expect<{ permissions: string[] }>(200, "GET", "/auth/me")).permissions.toSorted();

  test("loses the permissions that its maker loses, and gets them back", async () => {
    const { id, client, child } = await addAdmin("demoted");
    await client.expect(200, "GET", "/users");
    await acme.owner.expect(200, "PATCH", `/users/${id}`, { role: "viewer" });
    await client.expect(403, "GET", "/users");
    expect(await permissionsOf(client)).toEqual(["event:read", "tenant:read"]);
    expect(await permissionsOf(child)).toEqual(["tenant:read"]);
    await acme.owner.expect(200, "PATCH", `/users/${id}`, { role: "admin" });
    await client.expect(200, "GET", "/users");
  });

  test("is invalid while its maker is disabled", async () => {
    const { id, key, client, child } = await addAdmin("paused");
    const { socket } = await connected(system, { apiKey: key });
    await acme.owner.expect(200, "PATCH", `/users/${id}`, { disabled: true });
    for (const made of [client, child]) await made.expect(401, "GET", "/auth/me");
    await until(() => socket.disconnected);
    await acme.owner.expect(200, "PATCH", `/users/${id}`, { disabled: false });
    for (const made of [client, child]) await made.expect(200, "GET", "/auth/me");
  });

  test("ends with its maker", async () => {
    const { id, keyId, client, child } = await addAdmin("removed");
    await acme.owner.expect(204, "DELETE", `/users/${id}`);
    for (const made of [client, child]) await made.expect(401, "GET", "/auth/me");
    const { data } = await acme.owner.expect<{ data: Key[] }>(200, "GET", "/api-keys?limit=200");
    expect(data.map((row) => row.id)).not.toContain(keyId);
  });
});

describe("the rights of a lineage, as it may be stored by an earlier version", () => {
  const NOW = 1_000;
  const key = (changes: Partial<CheckedKey>): CheckedKey => ({
    id: "key_1",
    tenant_id: "ten_1",
    secret_hash: "",
    scopes: JSON.stringify(["user:read", "user:write"] satisfies Permission[]),
    sessions: null,
    ip_allow: null,
    expires_at: null,
    revoked_at: null,
    created_by: "key_2",
    role: null,
    platform_admin: null,
    disabled: null,
    tenant_status: "active",
    ...changes,
  });
  const byUser = (changes: Partial<CheckedKey> = {}) =>
    key({ id: "key_2", created_by: "usr_1", role: "admin", platform_admin: 0, disabled: 0, ...changes });

  test("are the intersection of all of it", () => {
    const child = key({ sessions: '["a","b"]', expires_at: 9_000 });
    const parent = byUser({ scopes: '["user:read"]', sessions: '["b","c"]', expires_at: 5_000 });
    expect(rightsOf([child, parent], "192.0.2.1", NOW)).toEqual({
      permissions: ["user:read"],
      sessions: ["b"],
      expiresAt: 5_000,
      dependsOn: ["key_1", "key_2", "usr_1"],
    });
  });

  test.each([
    ["an expired parent", [key({}), byUser({ expires_at: 999 })], "unauthenticated"],
    ["a revoked parent", [key({}), byUser({ revoked_at: 1 })], "unauthenticated"],
    ["a parent that is gone", [key({})], "unauthenticated"],
    ["a parent of another network", [key({}), byUser({ ip_allow: '["198.51.100.0/24"]' })], "forbidden"],
  ])("are none with %s", (_name, lineage, type) => {
    expect(() => rightsOf(lineage, "192.0.2.1", NOW)).toThrow(expect.objectContaining({ type }));
  });

  test("of a key without a recorded maker are its own", () => {
    expect(rightsOf([key({ created_by: null })], "192.0.2.1", NOW).permissions).toEqual(["user:read", "user:write"]);
  });
});
