/**
 * Isolation of tenants in the HTTP API: of two tenants with the same kinds of resources, neither can read or change
 * those of the other. The cases are generated from the table of routes, so that a new route is covered automatically.
 */
import { gunzipSync } from "node:zlib";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { createId } from "../../contracts/ids.ts";
import { ROLE_PERMISSIONS } from "../../contracts/permissions.ts";
import type { Route } from "../../contracts/route.ts";
// Its answer does not end: streams.test.ts covers its walls.
import { streamEvents } from "../../contracts/routes/event.ts";
import { routes } from "../../contracts/routes.ts";
import { createKey, OPEN } from "../harness/accounts.ts";
import type { TestClient } from "../harness/client.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import {
  fillPath,
  createTenant,
  unknownParameters,
  findMarkers,
  type TenantFixture,
  type PathParameters,
} from "./isolation/tenant-fixture.ts";
import { bodyFor, requestsNaming, queriesNaming } from "./isolation/requests.ts";

const table = routes.filter((route) => route.root !== true);
const nameOf = (route: Route) => `${route.method} ${route.path}`;
const withParameters = table.filter((route) => route.path.includes(":"));
const readable = table.filter(
  (route) =>
    route.method === "GET" &&
    route.permission !== "platform:admin" &&
    route.permission !== "public" &&
    route !== streamEvents,
);
/** Parameters that are addresses on the network, which all tenants share, and not resources of a tenant. */
const ADDRESS = /(chats|presence)\/:chatId|contacts\/:id/;

let system: System;
let theirs: TenantFixture;
let mine: TenantFixture;

beforeAll(async () => {
  system = await startSystem({
    services: SERVICE_NAMES,
    environment: { ...OPEN, WPP_SIGNUP_PLAN: "enterprise", WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0" },
    settings: { webhook: { interval: 50 } },
  });
  [theirs, mine] = [await createTenant(system, "quartzite"), await createTenant(system, "malachite")];
}, 120_000);

afterAll(async () => {
  await theirs?.receiver.close();
  await mine?.receiver.close();
  await system?.stop();
});

/** A response without the fields that differ in every response, and with one placeholder for the requested ids. */
function normalize({ status, body }: { status: number; body: unknown }, asked: readonly string[]): string {
  const { requestId: _requestId, instance: _instance, ...rest } = body as Record<string, unknown>;
  return asked.reduce((text, id) => text.replaceAll(id, "<id>"), JSON.stringify([status, rest]));
}

const VOLATILE = new Set(["requestId", "lastUsedAt", "lastLoginAt", "at", "connectionsLastDay"]);

/** Everything that the owner can read, except analytics, which lag behind, and downloads, which are audited. */
async function snapshotOf(tenant: TenantFixture): Promise<string[]> {
  const parts: string[] = [];
  for (const route of readable.filter(({ tag, path }) => tag !== "Analytics" && !path.endsWith("/download"))) {
    const { status, body } = await tenant.owner.ask<unknown>("GET", fillPath(route.path, tenant.parameters));
    const plain = Buffer.isBuffer(body)
      ? body.toString("base64")
      : JSON.stringify(body, (name, value: unknown) => (VOLATILE.has(name) ? undefined : value));
    parts.push(`${route.path} ${status} ${plain}`);
  }
  return parts;
}

/** A snapshot of the tenant once it no longer changes. */
async function stableSnapshot(tenant: TenantFixture): Promise<readonly string[]> {
  let last = await snapshotOf(tenant);
  let changing: string[] = [];
  try {
    return await until(async () => {
      const now = await snapshotOf(tenant);
      changing = now.flatMap((part, index) => (part === last[index] ? [] : [last[index]!, part]));
      last = now;
      return changing.length === 0 ? now : undefined;
    }, 20_000);
  } catch (error) {
    throw new Error(`this keeps changing:\n${changing.join("\n")}`, { cause: error });
  }
}

test("the owners of both tenants can read every marker of their own tenant", async () => {
  for (const tenant of [theirs, mine]) {
    const found = findMarkers((await stableSnapshot(tenant)).join("\n"), tenant);
    expect(tenant.markers.filter((mark) => !found.includes(mark) && mark !== tenant.uploadId)).toEqual([]);
  }
});

describe("a resource of another tenant is treated like one that does not exist", () => {
  let before: readonly string[];
  beforeAll(async () => {
    before = await stableSnapshot(theirs);
  });

  /** Requests a resource of theirs and one that does not exist; both responses must be the same. */
  async function compare(route: Route, client: TestClient, given: PathParameters, made: PathParameters): Promise<void> {
    const body = bodyFor(route, mine);
    const [asked, invented] = [fillPath(route.path, given), fillPath(route.path, made)];
    const answer = await client.ask(route.method, asked, body);
    const control = await client.ask(route.method, invented, body);
    const isAllowed =
      client !== mine.owner && client !== mine.key
        ? false
        : (ROLE_PERMISSIONS.owner as readonly string[]).includes(route.permission);
    const isOwnAccount = route.permission === "authenticated";
    expect({ asked: nameOf(route), status: answer.status }).toEqual({ asked: nameOf(route), status: control.status });
    expect(answer.status).toBe(isAllowed || (isOwnAccount && client === mine.owner) ? 404 : 403);
    expect(normalize(answer, Object.values(given))).toBe(normalize(control, Object.values(made)));
    expect(
      findMarkers(JSON.stringify(answer.body), theirs, `${decodeURIComponent(asked)} ${JSON.stringify(body)}`),
    ).toEqual([]);
  }

  test.each(withParameters.map((route) => [nameOf(route), route] as const))("%s", async (_name, route) => {
    for (const client of [mine.owner, mine.key]) {
      await compare(route, client, theirs.parameters, unknownParameters());
      if (!route.path.includes("/:session")) continue;
      const named = { ...theirs.parameters, "sessions/:session": theirs.sessionName };
      await compare(route, client, named, { ...unknownParameters(), "sessions/:session": "nobodys-main" });
    }
  });

  const throughMine = withParameters.filter(
    (route) => route.path.includes("/:session/") && route.path.split("/:").length > 2,
  );
  test.each(throughMine.map((route) => [nameOf(route), route] as const))(
    "%s through the own session",
    async (_name, route) => {
      const session = { "sessions/:session": mine.parameters["sessions/:session"]! };
      const body = bodyFor(route, mine);
      const [given, made] = [
        { ...theirs.parameters, ...session },
        { ...unknownParameters(), ...session },
      ];
      const asked = fillPath(route.path, given);
      const answer = await mine.owner.ask(route.method, asked, body);
      expect(findMarkers(JSON.stringify(answer.body), theirs, decodeURIComponent(asked))).toEqual([]);
      if (ADDRESS.test(route.path)) return;
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(normalize(answer, Object.values(given))).toBe(
        normalize(await mine.owner.ask(route.method, fillPath(route.path, made), body), Object.values(made)),
      );
    },
  );

  test("when it is named in a body", async () => {
    const of = (tenant: TenantFixture) => ({
      session: tenant.parameters["sessions/:session"]!,
      message: tenant.parameters["messages/:id"]!,
      upload: tenant.uploadId,
    });
    const invented = { session: createId("session"), message: createId("message"), upload: createId("upload") };
    const controls = requestsNaming(mine, invented);
    for (const [index, [method, path, body]] of requestsNaming(mine, of(theirs)).entries()) {
      const answer = await mine.owner.ask(method, path, body);
      const control = await mine.owner.ask(method, path, controls[index]![2]);
      expect({ path, body, answer: normalize(answer, Object.values(of(theirs))) }).toEqual({
        path,
        body,
        answer: normalize(control, Object.values(invented)),
      });
      expect(answer.status).toBe(422);
    }
  });

  test("and is unchanged afterwards", async () => {
    expect(await stableSnapshot(theirs)).toEqual(before);
  });
});

test.each(readable.map((route) => [nameOf(route), route] as const))(
  "%s shows nothing of another tenant",
  async (_name, route) => {
    const path = fillPath(route.path, mine.parameters);
    for (const client of [mine.owner, mine.key, mine.viewer]) {
      for (const query of ["", ...queriesNaming(route, theirs)]) {
        const { body } = await client.ask<unknown>("GET", `${path}${query}`);
        const text = Buffer.isBuffer(body) ? readBytes(body) : JSON.stringify(body);
        expect({ query, traces: findMarkers(text, theirs, decodeURIComponent(query)) }).toEqual({ query, traces: [] });
      }
    }
  },
);

function readBytes(bytes: Buffer): string {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("latin1");
}

/** No body: callers are authenticated before the body is validated. A form must at least look like one. */
function emptyOf(route: Route): FormData | undefined {
  return route.bodyKind === "upload" ? new FormData() : undefined;
}

describe("permissions", () => {
  const guarded = table.filter((route) => route.permission !== "public");

  test.each(guarded.map((route) => [nameOf(route), route] as const))(
    "%s requires authentication",
    async (_name, route) => {
      const path = fillPath(route.path, mine.parameters);
      expect((await mine.account.anonymous.ask(route.method, path, emptyOf(route))).body).toMatchObject({
        code: "unauthenticated",
        status: 401,
      });
    },
  );

  test.each(guarded.map((route) => [nameOf(route), route] as const))(
    "%s requires its permission",
    async (_name, route) => {
      if (route.permission === "authenticated") return;
      const path = fillPath(route.path, mine.parameters);
      const roles: readonly string[] = ROLE_PERMISSIONS.viewer;
      if (!roles.includes(route.permission))
        expect((await mine.viewer.ask(route.method, path, emptyOf(route))).body).toMatchObject({
          code: "forbidden",
          status: 403,
        });
    },
  );

  test("a key has only its own scopes", async () => {
    const { client } = await createKey(mine.account, { scopes: ["message:read"] });
    for (const route of guarded) {
      if (route.permission === "authenticated" || route.permission === "message:read") continue;
      const { status } = await client.ask(route.method, fillPath(route.path, mine.parameters), emptyOf(route));
      expect({ route: nameOf(route), status }).toEqual({ route: nameOf(route), status: 403 });
    }
  });
});
