/**
 * Tenants are walls: of two tenants with the same kinds of things, neither reaches, sees or hears the other. Made from
 * the table of routes, the namespaces and the list of events, so that what is added there is held to it at once.
 */
import { gunzipSync } from "node:zlib";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { createId } from "../../contracts/ids.ts";
import { ROLE_PERMISSIONS } from "../../contracts/permissions.ts";
import type { Route } from "../../contracts/route.ts";
import { routes } from "../../contracts/routes.ts";
import { createKey, OPEN } from "../harness/accounts.ts";
import type { TestClient } from "../harness/client.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { fill, furnish, nowhere, tracesIn, type House, type Places } from "./walls/house.ts";
import { bodyFor, namingBodies, queriesAbout } from "./walls/questions.ts";

const table = routes.filter((route) => route.root !== true);
const nameOf = (route: Route) => `${route.method} ${route.path}`;
const withParameters = table.filter((route) => route.path.includes(":"));
const readable = table.filter(
  (route) => route.method === "GET" && route.permission !== "platform:admin" && route.permission !== "public",
);
/** Parameters that are addresses of the network, which is everyone's; not things of a tenant. */
const ADDRESS = /(chats|presence)\/:chatId|contacts\/:id/;

let system: System;
let theirs: House;
let mine: House;

beforeAll(async () => {
  system = await startSystem({
    services: SERVICE_NAMES,
    environment: { ...OPEN, WPP_SIGNUP_PLAN: "enterprise", WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0" },
    settings: { webhook: { interval: 50 } },
  });
  [theirs, mine] = [await furnish(system, "quartzite"), await furnish(system, "malachite")];
}, 120_000);

afterAll(async () => {
  await theirs?.receiver.close();
  await mine?.receiver.close();
  await system?.stop();
});

/**
 * What an answer says, without what every answer has of its own, and with the ids that were asked for under one name.
 */
function essence({ status, body }: { status: number; body: unknown }, asked: readonly string[]): string {
  const { requestId: _requestId, instance: _instance, ...rest } = body as Record<string, unknown>;
  return asked.reduce((text, id) => text.replaceAll(id, "<it>"), JSON.stringify([status, rest]));
}

const VOLATILE = new Set(["requestId", "lastUsedAt", "lastLoginAt", "at", "connectionsLastDay"]);

/**
 * Everything that the owner of the house can read in it, but for analytics, which follow from the events, and
 * downloads, which leave a line in the audit.
 */
async function snapshotOf(house: House): Promise<string[]> {
  const parts: string[] = [];
  for (const route of readable.filter(({ tag, path }) => tag !== "Analytics" && !path.endsWith("/download"))) {
    const { status, body } = await house.owner.ask<unknown>("GET", fill(route.path, house.places));
    const plain = Buffer.isBuffer(body)
      ? body.toString("base64")
      : JSON.stringify(body, (name, value: unknown) => (VOLATILE.has(name) ? undefined : value));
    parts.push(`${route.path} ${status} ${plain}`);
  }
  return parts;
}

/** The snapshot once nothing moves any more. */
async function settled(house: House): Promise<readonly string[]> {
  let last = await snapshotOf(house);
  let moving: string[] = [];
  try {
    return await until(async () => {
      const now = await snapshotOf(house);
      moving = now.flatMap((part, index) => (part === last[index] ? [] : [last[index]!, part]));
      last = now;
      return moving.length === 0 ? now : undefined;
    }, 20_000);
  } catch (error) {
    throw new Error(`this does not settle:\n${moving.join("\n")}`, { cause: error });
  }
}

test("the houses are furnished: their owners find every mark of theirs", async () => {
  for (const house of [theirs, mine]) {
    const found = tracesIn((await settled(house)).join("\n"), house);
    expect(house.marks.filter((mark) => !found.includes(mark) && mark !== house.uploadId)).toEqual([]);
  }
});

describe("what belongs to another is not there", () => {
  let before: readonly string[];
  beforeAll(async () => {
    before = await settled(theirs);
  });

  /** Asks for what is theirs and for what is nobody's; both must be answered alike. */
  async function compare(route: Route, client: TestClient, given: Places, made: Places): Promise<void> {
    const body = bodyFor(route, mine);
    const [asked, invented] = [fill(route.path, given), fill(route.path, made)];
    const answer = await client.ask(route.method, asked, body);
    const control = await client.ask(route.method, invented, body);
    const isAllowed =
      client !== mine.owner && client !== mine.key
        ? false
        : (ROLE_PERMISSIONS.owner as readonly string[]).includes(route.permission);
    const isOwnAccount = route.permission === "authenticated";
    expect({ asked: nameOf(route), status: answer.status }).toEqual({ asked: nameOf(route), status: control.status });
    expect(answer.status).toBe(isAllowed || (isOwnAccount && client === mine.owner) ? 404 : 403);
    expect(essence(answer, Object.values(given))).toBe(essence(control, Object.values(made)));
    expect(
      tracesIn(JSON.stringify(answer.body), theirs, `${decodeURIComponent(asked)} ${JSON.stringify(body)}`),
    ).toEqual([]);
  }

  test.each(withParameters.map((route) => [nameOf(route), route] as const))("%s", async (_name, route) => {
    for (const client of [mine.owner, mine.key]) {
      await compare(route, client, theirs.places, nowhere());
      if (!route.path.includes("/:session")) continue;
      const named = { ...theirs.places, "sessions/:session": theirs.sessionName };
      await compare(route, client, named, { ...nowhere(), "sessions/:session": "nobodys-main" });
    }
  });

  const throughMine = withParameters.filter(
    (route) => route.path.includes("/:session/") && route.path.split("/:").length > 2,
  );
  test.each(throughMine.map((route) => [nameOf(route), route] as const))(
    "%s through a session of one's own",
    async (_name, route) => {
      const session = { "sessions/:session": mine.places["sessions/:session"]! };
      const body = bodyFor(route, mine);
      const [given, made] = [
        { ...theirs.places, ...session },
        { ...nowhere(), ...session },
      ];
      const asked = fill(route.path, given);
      const answer = await mine.owner.ask(route.method, asked, body);
      expect(tracesIn(JSON.stringify(answer.body), theirs, decodeURIComponent(asked))).toEqual([]);
      if (ADDRESS.test(route.path)) return;
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(essence(answer, Object.values(given))).toBe(
        essence(await mine.owner.ask(route.method, fill(route.path, made), body), Object.values(made)),
      );
    },
  );

  test("nor by its name in a body", async () => {
    const of = (house: House) => ({
      session: house.places["sessions/:session"]!,
      message: house.places["messages/:id"]!,
      upload: house.uploadId,
    });
    const invented = { session: createId("session"), message: createId("message"), upload: createId("upload") };
    const controls = namingBodies(mine, invented);
    for (const [index, [method, path, body]] of namingBodies(mine, of(theirs)).entries()) {
      const answer = await mine.owner.ask(method, path, body);
      const control = await mine.owner.ask(method, path, controls[index]![2]);
      expect({ path, body, answer: essence(answer, Object.values(of(theirs))) }).toEqual({
        path,
        body,
        answer: essence(control, Object.values(invented)),
      });
      expect(answer.status).toBe(422);
    }
  });

  test("and all of it is as it was", async () => {
    expect(await settled(theirs)).toEqual(before);
  });
});

test.each(readable.map((route) => [nameOf(route), route] as const))(
  "%s shows nothing of another",
  async (_name, route) => {
    const path = fill(route.path, mine.places);
    for (const client of [mine.owner, mine.key, mine.viewer]) {
      for (const query of ["", ...queriesAbout(route, theirs)]) {
        const { body } = await client.ask<unknown>("GET", `${path}${query}`);
        const text = Buffer.isBuffer(body) ? readBytes(body) : JSON.stringify(body);
        expect({ query, traces: tracesIn(text, theirs, decodeURIComponent(query)) }).toEqual({ query, traces: [] });
      }
    }
  },
);

function readBytes(bytes: Buffer): string {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("latin1");
}

/** No body: who calls is asked before what they say. A form must at least look like one. */
function emptyOf(route: Route): FormData | undefined {
  return route.bodyKind === "upload" ? new FormData() : undefined;
}

describe("who may what", () => {
  const guarded = table.filter((route) => route.permission !== "public");

  test.each(guarded.map((route) => [nameOf(route), route] as const))("%s asks who calls", async (_name, route) => {
    const path = fill(route.path, mine.places);
    expect((await mine.account.anonymous.ask(route.method, path, emptyOf(route))).body).toMatchObject({
      code: "unauthenticated",
      status: 401,
    });
  });

  test.each(guarded.map((route) => [nameOf(route), route] as const))(
    "%s is refused to those without its permission",
    async (_name, route) => {
      if (route.permission === "authenticated") return;
      const path = fill(route.path, mine.places);
      const roles: readonly string[] = ROLE_PERMISSIONS.viewer;
      if (!roles.includes(route.permission))
        expect((await mine.viewer.ask(route.method, path, emptyOf(route))).body).toMatchObject({
          code: "forbidden",
          status: 403,
        });
    },
  );

  test("a key has its own scopes and no others", async () => {
    const { client } = await createKey(mine.account, { scopes: ["message:read"] });
    for (const route of guarded) {
      if (route.permission === "authenticated" || route.permission === "message:read") continue;
      const { status } = await client.ask(route.method, fill(route.path, mine.places), emptyOf(route));
      expect({ route: nameOf(route), status }).toEqual({ route: nameOf(route), status: 403 });
    }
  });
});
