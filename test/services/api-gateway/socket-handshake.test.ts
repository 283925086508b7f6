/** The handshake of Socket.io: who may open a socket, how many, and when it is closed. */
import { request } from "node:http";
import { io, type Socket } from "socket.io-client";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import { createKey, OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { closeSockets, connected, refusal } from "../../harness/listener.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

let system: System;
let acme: Account;

beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant"], environment: OPEN });
  acme = await registerTenant(system, "Acme");
});
afterEach(closeSockets);
afterAll(() => system.stop());

/** The status of a WebSocket handshake from a page of this origin. */
function upgrade(origin: string): Promise<number> {
  const headers = {
    origin,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
  };
  return new Promise((resolve, reject) => {
    const asked = request(`${system.url}/socket.io/?EIO=4&transport=websocket`, { headers }, (answer) =>
      resolve(answer.statusCode!),
    );
    asked.on("upgrade", (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode!);
    });
    asked.on("error", reject).end();
  });
}

const disconnected = (socket: Socket) => until(() => socket.disconnected);

describe("the handshake", () => {
  test.each([
    ["no credentials", {}, "unauthenticated"],
    ["a token that is not one", { token: "nonsense" }, "unauthenticated"],
    ["a key that is not one", { apiKey: "wpp_nonsense" }, "unauthenticated"],
    ["a token that is not text", { token: { $ne: 1 } }, "unauthenticated"],
  ])("%s is refused with a problem", async (_name, auth, code) => {
    expect(await refusal(system, auth)).toMatchObject({ code, status: 401 });
  });

  test("a forged cursor is refused", async () => {
    expect(await refusal(system, { token: acme.accessToken, after: "MTA.forged" })).toMatchObject({
      code: "cursor_invalid",
    });
  });

  test("a key without event:read, and a viewer in /admin, are refused", async () => {
    const { key } = await createKey(acme, { scopes: ["message:send"] });
    expect(await refusal(system, { apiKey: key })).toMatchObject({ code: "forbidden" });
    const reader = await createKey(acme, { scopes: ["event:read", "health:read"] });
    expect(await refusal(system, { apiKey: reader.key }, "/admin")).toMatchObject({ code: "forbidden" });
    await connected(system, { token: acme.accessToken }, "/admin");
  });

  test.each(["/", "/sessions", "/admin"])(
    "a client that starts with long polling in %s gets the setting that it lacks",
    async (name) => {
      const socket = io(`${system.url}${name}`, { auth: { token: acme.accessToken } });
      try {
        const error = await new Promise<Error & { data?: unknown }>((refused) => socket.once("connect_error", refused));
        expect(error.message).toContain('io(url, { transports: ["websocket"], auth })');
        expect(error.data).toMatchObject({ code: "validation", errors: [{ pointer: "?transport" }] });
        // Final: the client does not try again by the same means.
        expect(socket.active).toBe(false);
      } finally {
        socket.close();
      }
    },
  );

  test("pages of another origin are refused", async () => {
    expect(await upgrade("https://evil.example")).toBe(400);
    expect(await upgrade(system.url)).toBe(101);
  });

  test("a tenant may have as many sockets as its plan allows", async () => {
    const { accessToken: token, tenantId } = await registerTenant(system, "Crowd");
    const database = await acquireDatabase(system.broker);
    await database.run("UPDATE tenants SET quotas = $2 WHERE id = $1", [tenantId, JSON.stringify({ sockets: 20 })]);
    await releaseDatabase(system.broker);
    const crowd = await Promise.all(Array.from({ length: 20 }, () => connected(system, { token })));
    expect(await refusal(system, { token })).toMatchObject({ code: "quota_exceeded" });
    crowd[0]!.socket.close();
    await until(async () => (await refusal(system, { token }).catch(() => "in")) === "in");
  });
});

describe("a socket ends", () => {
  test("when its key is revoked or its user signs out", async () => {
    const doomed = await registerTenant(system, "Doomed");
    const { id, key } = await createKey(doomed, { scopes: ["event:read"] });
    const [byKey, byToken] = [
      await connected(system, { apiKey: key }),
      await connected(system, { token: doomed.accessToken }),
    ];
    await doomed.owner.expect(204, "DELETE", `/api-keys/${id}`);
    await disconnected(byKey.socket);
    expect(byToken.socket.connected).toBe(true);
    await doomed.owner.expect(204, "POST", "/auth/logout");
    await disconnected(byToken.socket);
  });
});
