/** HTTP at the gateway: credentials, headers, methods, origins, and an orderly stop. */
import { request } from "node:http";
import { connect } from "node:net";
import { io } from "socket.io-client";
import { clientOf, createKey, OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { startSystem, type System } from "../../harness/system.ts";

interface Document {
  code: string;
  detail: string;
}

let system: System;
let account: Account;

beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant", "health"], environment: OPEN });
  account = await registerTenant(system, "Acme");
});
afterAll(() => system.stop());

/** A request without the headers that fetch adds. */
const raw = (method: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; length: number }>((resolve, reject) => {
    const asked = request(`${system.url}${path}`, { method, headers }, (answer) => {
      let length = 0;
      answer.on("data", (chunk: Buffer) => (length += chunk.length));
      answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, length }));
    });
    asked.on("error", reject).end();
  });

describe("credentials", () => {
  test("missing ones are a 401 with the scheme; in a URL they are ignored", async () => {
    const { status, headers, body } = await account.anonymous.ask<Document>("GET", "/users");
    expect([status, body.code, headers.get("www-authenticate")]).toEqual([
      401,
      "unauthenticated",
      'Bearer realm="wppconnect"',
    ]);
    expect((await account.anonymous.ask(`GET`, `/users?token=${account.accessToken}&api_key=x`)).status).toBe(401);
  });

  test("a key may do only what its scopes allow, in X-Api-Key or as Bearer", async () => {
    const { key, client } = await createKey(account, { scopes: ["user:read"] });
    expect((await client.ask("GET", "/users")).status).toBe(200);
    expect((await account.anonymous.ask("GET", "/users", undefined, { authorization: `bearer ${key}` })).status).toBe(
      200,
    );
    const refused = await client.ask<Document>("GET", "/api-keys");
    expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
      403,
      "forbidden",
      "these credentials lack api-key:read",
    ]);
  });

  test("an access token in X-Api-Key is called by its name", async () => {
    const { status, body } = await account.anonymous.ask<Document>("GET", "/users", undefined, {
      "x-api-key": account.accessToken,
    });
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
    expect(body.detail).toContain("X-Api-Key takes an API key");
    // Generated clients may send one credential in the headers of both schemes.
    const both = await account.owner.ask("GET", "/users", undefined, { "x-api-key": account.accessToken });
    expect(both.status).toBe(200);
  });

  test("health shows details only with health:read, and answers everyone", async () => {
    const health = async (headers: Record<string, string>) =>
      (await fetch(`${system.url}/health`, { headers })).json() as Promise<object>;
    expect(await health({})).toEqual({ status: "pass" });
    expect(await health({ authorization: "Bearer nonsense" })).toEqual({ status: "pass" });
    expect(await health({ authorization: `Bearer ${account.accessToken}` })).toHaveProperty([
      "checks",
      "database:responseTime",
    ]);
  });

  test("guessing credentials is rate-limited", async () => {
    const guesser = clientOf(system);
    const statuses = await Promise.all(
      Array.from(
        { length: 70 },
        async (_none, n) => (await guesser.ask("GET", "/users", undefined, { "x-api-key": `guess${n}` })).status,
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.filter((status) => status === 401)).toHaveLength(60);
  });
});

describe("headers", () => {
  test("every response has security headers and is not cached", async () => {
    const { headers } = await account.owner.ask("GET", "/users");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
  });

  test.each([
    ["my-trace.1_A", true],
    ["a".repeat(64), true],
    ["a".repeat(65), false],
    ["with space", false],
    ["<script>", false],
  ])("a request id %j is %p", async (given, accepted) => {
    const { headers } = await account.owner.ask("GET", "/users", undefined, { "x-request-id": given });
    if (accepted) expect(headers.get("x-request-id")).toBe(given);
    else expect(headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
  });

  test("If-Match makes a change conditional on the version that was read", async () => {
    const read = await account.owner.ask("GET", "/tenant");
    const etag = read.headers.get("etag")!;
    expect(etag).toMatch(/^"\d+"$/);
    const changed = await account.owner.ask("PATCH", "/tenant", { settings: { country: "DE" } }, { "if-match": etag });
    expect([changed.status, changed.headers.get("etag") === etag]).toEqual([200, false]);
    for (const old of [etag, 'W/"2"', "2", '"not a version"']) {
      expect(
        (await account.owner.ask<Document>("PATCH", "/tenant", { name: "X" }, { "if-match": old })).body.code,
      ).toBe("precondition_failed");
    }
    const headers = { authorization: `Bearer ${account.accessToken}`, "if-none-match": changed.headers.get("etag")! };
    expect(await raw("GET", "/api/v1/tenant", headers)).toMatchObject({ status: 304, length: 0 });
  });

  test("201 has the Location of the new resource", async () => {
    const { headers, body } = await account.owner.ask<{ id: string }>("POST", "/api-keys", {
      name: "k",
      scopes: ["user:read"],
    });
    expect(headers.get("location")).toBe(`/api/v1/api-keys/${body.id}`);
  });
});

describe("other methods and origins", () => {
  test("HEAD is GET without a body; OPTIONS lists the methods and has no effect", async () => {
    expect(await raw("HEAD", "/livez")).toMatchObject({ status: 200, length: 0 });
    expect(await raw("OPTIONS", "/api/v1/users")).toMatchObject({
      status: 204,
      headers: { allow: "GET, POST, OPTIONS" },
    });
    expect(await raw("TRACE", "/api/v1/users")).toMatchObject({ status: 405 });
  });

  test("pages of other origins may not call", async () => {
    const { headers } = await raw("OPTIONS", "/api/v1/users", {
      origin: "https://evil.example",
      "access-control-request-method": "POST",
    });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });
});

test("stops within seconds despite open connections", async () => {
  const own = await startSystem({ services: ["api-gateway", "auth", "tenant"], environment: OPEN });
  const { accessToken } = await registerTenant(own, "Lingering");
  const socket = io(own.url, { transports: ["websocket"], auth: { token: accessToken }, reconnection: false });
  await new Promise<void>((resolve) => socket.on("connect", resolve));
  const idle = connect(Number(new URL(own.url).port), "127.0.0.1");
  idle.on("error", () => undefined);
  await new Promise<void>((resolve) => idle.write("GET /api/v1/users HTTP/1.1\r\nHost: x\r\n", () => resolve()));
  const started = Date.now();
  await own.stop();
  expect(Date.now() - started).toBeLessThan(5_000);
  socket.close();
  idle.destroy();
});
