/**
 * An API key that is limited to sessions: routes that act on the whole tenant refuse it, and on all others the tenant's
 * other sessions do not exist. The cases are generated from the table of routes.
 */
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { createId } from "../../contracts/ids.ts";
import { Scope } from "../../contracts/permissions.ts";
import { isOpenToLimitedKeys, type Route } from "../../contracts/route.ts";
// Its answer does not end: streams.test.ts covers its walls.
import { streamEvents } from "../../contracts/routes/event.ts";
import { routes } from "../../contracts/routes.ts";
import { createKey, OPEN } from "../harness/accounts.ts";
import type { TestClient } from "../harness/client.ts";
import { closeSockets, connected } from "../harness/listener.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { makePhone, pairSession } from "../journeys/pairing.ts";
import { bodyFor, queriesNaming } from "./isolation/requests.ts";
import { createTenant, fillPath, unknownParameters, type TenantFixture } from "./isolation/tenant-fixture.ts";

const table = routes.filter((route) => route.root !== true && route.permission !== "public");
const grantable = table.filter(({ permission }) => permission !== "platform:admin");
const nameOf = (route: Route) => `${route.method} ${route.path}`;

/** Routes without a session in their path that show only what belongs to the key's sessions. Each is a decision. */
const FILTERED = [
  "DELETE /webhooks/:id",
  "GET /analytics/failures",
  "GET /analytics/overview",
  "GET /analytics/sessions",
  "GET /analytics/timeseries",
  "GET /analytics/trends",
  "GET /auth/me",
  "GET /events",
  "GET /events/stream",
  "GET /messages",
  "GET /messages/:id",
  "GET /messages/:id/media",
  "GET /messages/:id/order",
  "GET /messages/:id/poll",
  "GET /messages/:id/timeline",
  "GET /sessions",
  "GET /webhooks",
  "GET /webhooks/:id",
  "GET /webhooks/:id/deliveries",
  "PATCH /messages/:id",
  "PATCH /webhooks/:id",
  "POST /api-keys",
  "POST /deliveries/:id/retry",
  "POST /messages/:id/cancel",
  "POST /messages/:id/forward",
  "POST /messages/:id/keep",
  "POST /messages/:id/pin",
  "POST /messages/:id/retry",
  "POST /messages/:id/revoke",
  "POST /messages/:id/star",
  "POST /messages/:id/unpin",
  "POST /uploads",
  "POST /webhooks",
  "POST /webhooks/:id/replay",
  "POST /webhooks/:id/rotate-secret",
  "POST /webhooks/:id/test",
];

let system: System;
let tenant: TenantFixture;
let limited: TestClient;
let limitedKey: string;

beforeAll(async () => {
  const environment = { ...OPEN, WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0" };
  system = await startSystem({ services: SERVICE_NAMES, environment, settings: { webhook: { interval: 50 } } });
  tenant = await createTenant(system, "granite");
  await pairSession(tenant.owner, "side", "light", await makePhone(tenant.owner, "side phone"));
  ({ client: limited, key: limitedKey } = await createKey(tenant.account, {
    scopes: Scope.options,
    sessions: ["side"],
  }));
}, 90_000);

afterEach(closeSockets);
afterAll(async () => {
  await tenant?.receiver.close();
  await system?.stop();
});

/** No body: the key is refused before it is read. A form must at least look like one. */
const emptyOf = (route: Route) => (route.bodyKind === "upload" ? new FormData() : undefined);

describe("a route that acts on the whole tenant refuses the key", () => {
  const refusing = table.filter((route) => !isOpenToLimitedKeys(route));

  test("and these are all others", () => {
    expect(
      table
        .filter((route) => isOpenToLimitedKeys(route) && !route.path.includes(":session"))
        .map(nameOf)
        .toSorted(),
    ).toEqual(FILTERED);
  });

  test.each(refusing.map((route) => [nameOf(route), route] as const))("%s", async (_name, route) => {
    const { status, body } = await limited.ask(route.method, fillPath(route.path, tenant.parameters), emptyOf(route));
    expect([status, body["code"]]).toEqual([403, "forbidden"]);
  });
});

describe("another session of the tenant does not exist for the key", () => {
  const named = grantable.filter((route) => isOpenToLimitedKeys(route) && route.path.includes("/:"));

  test.each(named.map((route) => [nameOf(route), route] as const))("%s", async (_name, route) => {
    const ask = (parameters: typeof tenant.parameters) =>
      limited.ask(route.method, fillPath(route.path, parameters), bodyFor(route, tenant));
    const [answer, control] = [await ask(tenant.parameters), await ask(unknownParameters())];
    expect([answer.status, answer.body["code"]]).toEqual([404, "not_found"]);
    expect([control.status, control.body["code"]]).toEqual([404, "not_found"]);
  });

  const lists = grantable.filter(
    (route) =>
      isOpenToLimitedKeys(route) && route.method === "GET" && !route.path.includes("/:") && route !== streamEvents,
  );
  test.each(lists.map((route) => [nameOf(route), route] as const))("%s shows nothing of it", async (_name, route) => {
    const marks = tenant.markers.filter(
      (marker) => marker !== tenant.keyword && marker !== tenant.account.tenantId && marker !== tenant.account.userId,
    );
    for (const query of ["", ...queriesNaming(route, tenant)]) {
      const text = JSON.stringify((await limited.ask("GET", `${route.path}${query}`)).body);
      const found = marks.filter((mark) => text.includes(mark) && !decodeURIComponent(query).includes(mark));
      expect({ query, found }).toEqual({ query, found: [] });
    }
  });

  test("in a body", async () => {
    const [session, message] = [tenant.parameters["sessions/:session"]!, tenant.parameters["messages/:id"]!];
    const hook = { url: tenant.receiver.url, events: ["*"] };
    const requests = [
      ["POST", "/api-keys", { name: "x", scopes: ["session:read"], sessions: [session] }, 422],
      ["POST", "/webhooks", { ...hook, sessions: [session] }, 422],
      ["POST", "/webhooks", hook, 403],
      ["POST", "/sessions/side/messages", { to: tenant.customer, type: "forward", messageId: message }, 422],
      ["POST", "/sessions/side/messages", { to: tenant.customer, type: "text", text: "x", replyTo: message }, 422],
    ] as const;
    for (const [method, path, body, status] of requests) {
      const answer = await limited.ask(method, path, body);
      expect({ path, body, status: answer.status }).toEqual({ path, body, status });
    }
  });

  test("in the health of the process", async () => {
    expect((await limited.ask("GET", "root:/health")).body).toEqual({ status: "pass" });
  });

  test("on its sockets, in any namespace", async () => {
    const listeners = [
      await connected(system, { apiKey: limitedKey }),
      await connected(system, { apiKey: limitedKey }, "/sessions"),
    ];
    await tenant.owner.expect(200, "PATCH", `/sessions/${tenant.sessionName}`, { metadata: { n: createId("event") } });
    await tenant.owner.expect(200, "PATCH", "/sessions/side", { metadata: { n: createId("event") } });
    await until(() => listeners.every(({ got }) => got.some(({ name }) => name === "session:updated")));
    for (const { got } of listeners)
      expect(got.filter(({ event }) => event.sessionId === tenant.parameters["sessions/:session"])).toEqual([]);
  });
});

test("the screenshot of a linked session, which shows chats, requires message:read", async () => {
  const { client } = await createKey(tenant.account, { scopes: ["session:read", "session:pair"] });
  const { status, body } = await client.ask("GET", "/sessions/side/screenshot");
  expect([status, body["code"]]).toEqual([403, "forbidden"]);
  const other = await createKey(tenant.account, { scopes: ["session:read", "message:read"] });
  expect((await other.client.ask("GET", "/sessions/side/screenshot")).status).toBe(403);
  const both = await createKey(tenant.account, { scopes: ["session:pair", "message:read"] });
  expect((await both.client.ask("GET", "/sessions/side/screenshot")).body).toMatchObject({
    code: "unsupported",
  });
});
