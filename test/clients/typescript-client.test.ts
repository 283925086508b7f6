/** The typed client of clients/typescript against a running system, as it is built and as it is described. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import {
  NoAnswerError,
  SignatureError,
  verifyWebhook,
  WppClient,
  WppError,
} from "../../clients/typescript/src/index.ts";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { PERMISSIONS } from "../../contracts/permissions.ts";
import type { GatewayLocals } from "../../services/api-gateway/types.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { itemOf, makePhone, pairSession } from "../journeys/pairing.ts";

const ROOT = join(import.meta.dirname, "../..");
const PACKAGE = join(ROOT, "clients/typescript");
const run = promisify(execFile);
const SCOPES = PERMISSIONS.filter((permission) => permission !== "platform:admin");

let system: System;
let api: TestClient;
let client: WppClient;
let key = "";
let ana = "";
let folder = "";

beforeAll(async () => {
  system = await startSystem({ services: SERVICE_NAMES, environment: { WPP_SIGNUP: "open", WPP_SANDBOX: "on" } });
  api = await registerTenant(system.url);
  key = (await api.expect<{ key: string }>(201, "POST", "/api-keys", { name: "client", scopes: SCOPES })).key;
  client = new WppClient({ baseUrl: system.url, apiKey: key });
  const own = await makePhone(api, "Own");
  ana = await makePhone(api, "Ana", { autoRead: true });
  await pairSession(api, "main", "light", own);
  // As npm would install it: built, in node_modules of a program of its own.
  folder = mkdtempSync(join(tmpdir(), "wpp-client-"));
  const installed = join(folder, "node_modules/wppconnect-agent-client");
  cpSync(join(PACKAGE, "src"), join(folder, "build/src"), { recursive: true });
  for (const name of ["tsconfig.json", "tsconfig.build.json", "package.json"])
    cpSync(join(PACKAGE, name), join(folder, "build", name));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "build/node_modules"));
  await run(process.execPath, [
    join(ROOT, "node_modules/typescript/bin/tsc"),
    "-p",
    join(folder, "build/tsconfig.build.json"),
  ]);
  mkdirSync(installed, { recursive: true });
  cpSync(join(folder, "build/dist"), join(installed, "dist"), { recursive: true });
  cpSync(join(PACKAGE, "package.json"), join(installed, "package.json"));
  for (const name of [
    "socket.io-client",
    "socket.io-parser",
    "engine.io-client",
    "engine.io-parser",
    "ws",
    "debug",
    "ms",
    "@socket.io",
    "xmlhttprequest-ssl",
  ])
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await system?.stop();
}, 30_000);

test("its types are those of the document", async () => {
  const { stdout } = await run(process.execPath, [join(ROOT, "test/clients/client-types.ts"), "--print"], {
    maxBuffer: 10_000_000,
  });
  const committed = readFileSync(join(PACKAGE, "src/schema.gen.ts"), "utf8");
  expect({ how: "npm run client:types", same: committed === stdout }).toEqual({
    how: "npm run client:types",
    same: true,
  });
}, 60_000);

test("the built package needs nothing of Node", () => {
  const dist = join(folder, "build/dist");
  const text = readdirSync(dist)
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(dist, name), "utf8"))
    .join("\n");
  const imports = [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(([, name]) => name);
  expect(imports.filter((name) => name?.startsWith(".") === false)).toEqual(["socket.io-client"]);
  expect(text).not.toMatch(/\b(?:process|Buffer|require)\b\./);
});

test("the quick start of its README runs as it stands", async () => {
  const readme = readFileSync(join(PACKAGE, "README.md"), "utf8");
  const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  writeFileSync(join(folder, "quick-start.mjs"), program);
  const environment = { PATH: process.env["PATH"], WPP_URL: system.url, WPP_API_KEY: key, WPP_TO: ana };
  const running = run(process.execPath, [join(folder, "quick-start.mjs")], { env: environment, timeout: 30_000 });
  await itemOf(api, ana, ({ text }) => text === "Hello");
  const session = await client.request("GET", "/sessions/{session}", { path: { session: "main" } });
  await client.request("POST", "/sandbox/phones/{phone}/messages", {
    path: { phone: ana },
    body: { to: session.me?.phone ?? "", type: "text", text: "Hi there" },
  });
  const { stdout } = await running;
  expect(stdout).toMatch(/queued: msg_/);
  expect(stdout).toMatch(/read: msg_/);
  expect(stdout).toMatch(/received: Hi there/);
}, 60_000);

test("a list is read page after page", async () => {
  for (let n = 0; n < 5; n++) await client.send("main", { to: ana, type: "text", text: `page ${n}` });
  const texts: (string | null)[] = [];
  for await (const { text } of client.list("/messages", { query: { limit: 2, q: "page" } })) texts.push(text);
  expect(texts).toEqual(["page 4", "page 3", "page 2", "page 1", "page 0"]);
});

test("a refusal has its code, its fields and its request", async () => {
  const wrong = client.send("main", { to: "nobody", type: "text", text: "?" });
  await expect(wrong).rejects.toBeInstanceOf(WppError);
  await expect(wrong).rejects.toMatchObject({
    code: "invalid_phone",
    status: 422,
    errors: [{ pointer: "/to" }],
    requestId: expect.stringMatching(/^req_/),
  });
});

test("a send whose answer was lost is repeated, and sent once", async () => {
  let lost = 0;
  const unsteady: typeof fetch = async (...request) => {
    const answer = await fetch(...request);
    if (lost++ < 2) throw new TypeError("the connection was lost");
    return answer;
  };
  const shaky = new WppClient({ baseUrl: system.url, apiKey: key, fetch: unsteady });
  const message = await shaky.send("main", { to: ana, type: "text", text: "only once" });
  expect(lost).toBe(3);
  const found = await client.request("GET", "/messages", { query: { q: "only once" } });
  expect(found.data.map(({ id }) => id)).toEqual([message.id]);
});

test("what could have its effect twice is not repeated", async () => {
  let asked = 0;
  const dead: typeof fetch = async () => {
    asked++;
    throw new TypeError("the connection was lost");
  };
  const shaky = new WppClient({ baseUrl: system.url, apiKey: key, fetch: dead });
  const group = shaky.request("POST", "/sessions/{session}/groups", {
    path: { session: "main" },
    body: { name: "Team", participants: [ana] },
  });
  await expect(group).rejects.toBeInstanceOf(NoAnswerError);
  expect(asked).toBe(1);
});

test.each([502, 503, 504])("an answer %i of a proxy is no proof that nothing happened", async (status) => {
  let asked = 0;
  const proxy: typeof fetch = async () => {
    asked++;
    return new Response("<html>", { status, headers: { "content-type": "text/html", "retry-after": "0" } });
  };
  const shaky = new WppClient({ baseUrl: system.url, apiKey: key, fetch: proxy, retries: 2 });
  const path = { session: "main" };
  const group = shaky.request("POST", "/sessions/{session}/groups", { path, body: { name: "T", participants: [ana] } });
  await expect(group).rejects.toBeInstanceOf(WppError);
  expect(asked).toBe(1);
  const phone = { phone: ana };
  const body = { to: ana, type: "text", text: "?" } as const;
  await expect(shaky.request("POST", "/sandbox/phones/{phone}/messages", { path: phone, body })).rejects.toBeInstanceOf(
    WppError,
  );
  expect(asked).toBe(2);
  await expect(shaky.request("GET", "/sessions")).rejects.toBeInstanceOf(WppError);
  expect(asked).toBe(5);
});

test("an answer that breaks off is asked for again", async () => {
  let asked = 0;
  const broken: typeof fetch = async (...request) => {
    const answer = await fetch(...request);
    if (asked++ > 0) return answer;
    const body = new ReadableStream({ start: (stream) => stream.error(new TypeError("cut")) });
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
  const shaky = new WppClient({ baseUrl: system.url, apiKey: key, fetch: broken });
  const message = await shaky.send("main", { to: ana, type: "text", text: "broken off" });
  const found = await client.request("GET", "/messages", { query: { q: "broken off" } });
  expect([asked, found.data.map(({ id }) => id)]).toEqual([2, [message.id]]);
});

test("a stream that the server ends goes on, and misses nothing", async () => {
  const stream = client.events({ types: ["message.queued"] });
  const seen: string[] = [];
  stream.on("message.queued", ({ data }) => void seen.push(data.messageId));
  await stream.ready;
  const one = await client.send("main", { to: ana, type: "text", text: "before the end" });
  await until(() => seen.includes(one.id));
  const gateway = system.broker.getLocalService("api-gateway") as unknown as GatewayLocals;
  for (const { outlet } of gateway.live!.fanOut.registry.all()) outlet.close("slow");
  const two = await client.send("main", { to: ana, type: "text", text: "after it" });
  await until(() => seen.includes(two.id), 15_000);
  stream.close();
}, 30_000);

test("a token that cannot be had ends the wait for events", async () => {
  const stranger = new WppClient({ baseUrl: system.url, accessToken: () => Promise.reject(new Error("no token")) });
  const stream = stranger.events();
  await expect(stream.ready).rejects.toThrow("no token");
  stream.close();
});

test("a busy server is asked again after the time that it names", async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    const body = { status: 429, code: "rate_limited", detail: "slow down", requestId: "req_1", retryAfter: 0.01 };
    if (asked++ === 0)
      response.writeHead(429, { "content-type": "application/problem+json" }).end(JSON.stringify(body));
    else response.writeHead(200, { "content-type": "application/json" }).end('{"data":[],"nextCursor":null}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const busy = new WppClient({ baseUrl: `http://127.0.0.1:${port}` });
  expect(await busy.request("GET", "/sessions")).toEqual({ data: [], nextCursor: null });
  server.close();
});

test("events go on after the last one that was handled", async () => {
  const first = client.events({ types: ["message.queued"] });
  const seen: string[] = [];
  first.on("message.queued", ({ data }) => void seen.push(data.messageId));
  await first.ready;
  const one = await client.send("main", { to: ana, type: "text", text: "one" });
  await until(() => seen.includes(one.id));
  const { cursor } = first;
  first.close();
  const two = await client.send("main", { to: ana, type: "text", text: "two" });
  const second = client.events({ after: cursor!, types: ["message.queued"] });
  second.on("message.queued", ({ data }) => void seen.push(data.messageId));
  await until(() => seen.includes(two.id));
  second.close();
  expect(seen.filter((id) => id === one.id || id === two.id)).toEqual([one.id, two.id]);
});

test("a wrong credential is reported", async () => {
  const stranger = new WppClient({ baseUrl: system.url, apiKey: "wpp_wrong" });
  const stream = stranger.events();
  const errors: Error[] = [];
  stream.onError((error) => void errors.push(error));
  await expect(stream.ready).rejects.toThrow(/credential|key/i);
  stream.close();
  expect(errors.length).toBeGreaterThan(0);
});

describe("deliveries of webhooks", () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const body = JSON.stringify({ id: "evt_1", type: "message.read", data: {} });
  const at = new Date();
  const headers = {
    "webhook-id": "evt_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign("evt_1", at, body),
  };

  test("are accepted with the right signature, among others", async () => {
    expect(await verifyWebhook(secret, headers, body)).toMatchObject({ type: "message.read" });
    const rotated = { ...headers, "webhook-signature": `v1,AAAA ${headers["webhook-signature"]}` };
    expect(await verifyWebhook(secret, new Headers(rotated), body)).toMatchObject({ id: "evt_1" });
  });

  test.each([
    ["another body", body.replace("read", "sent"), headers, secret],
    ["another secret", body, headers, `whsec_${Buffer.alloc(32, 8).toString("base64")}`],
    ["an old time", body, { ...headers, "webhook-timestamp": "1000000" }, secret],
    ["no headers", body, {}, secret],
    ["a signature that is no base64", body, { ...headers, "webhook-signature": "v1,%%%" }, secret],
  ])("are refused with %s", async (_name, text, given, key) => {
    await expect(verifyWebhook(key, given, text)).rejects.toBeInstanceOf(SignatureError);
  });
});
