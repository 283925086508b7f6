/** A session's proxy and language, with a real browser behind a real proxy. */
import type { Session } from "../../contracts/routes/session.ts";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startProxy, type TestProxy } from "../harness/http-proxy.ts";
import { startSystem, type System } from "../harness/system.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import { connected, makePhone } from "./pairing.ts";

const CREDENTIALS = { username: "user", password: "a-proxy-password" };

let system: System;
let proxy: TestProxy;
let api: TestClient;

beforeAll(async () => {
  system = await startSystem({
    services: SERVICE_NAMES,
    environment: { WPP_SANDBOX: "on", WPP_SIGNUP: "open", WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8" },
  });
  proxy = await startProxy(CREDENTIALS, async () => {
    const { pagePort } = await system.broker.call<{ pagePort: number }, object>("sandbox.endpoint", {});
    return pagePort;
  });
  api = await registerTenant(system.url);
}, 60_000);

afterAll(async () => {
  await system?.stop();
  await proxy?.close();
}, 60_000);

test("a session connects through its proxy, whose password is never shown", async () => {
  const settings = { language: "pt-BR", proxy: { url: proxy.url, username: "user", password: "wrong" } };
  const created = await api.expect<Session>(201, "POST", "/sessions", {
    name: "proxied",
    network: "sandbox",
    driver: "browser",
    settings,
  });
  expect(created.settings.proxy).toEqual({ url: proxy.url, username: "user" });
  await api.expect(202, "POST", "/sessions/proxied/start");
  const failed = await api.until<Session>("/sessions/proxied", ({ reason }) => reason === "proxy_failed", 30_000);
  expect(failed).toMatchObject({
    state: "reconnecting",
    evidence: { proxy: "the proxy refuses the user name and password" },
  });
  expect(proxy.tunnels).toEqual([]);
  await api.expect(200, "PATCH", "/sessions/proxied", { settings: { proxy: { url: proxy.url, ...CREDENTIALS } } });
  const { qr } = await api.expect<{ qr: string }>(200, "GET", "/sessions/proxied/qr?wait=60");
  await api.expect(200, "POST", `/sandbox/phones/${await makePhone(api, "Own")}/scan`, { qr });
  const session = await connected(api, "proxied");
  expect(proxy.tunnels.length).toBeGreaterThan(1);
  expect(new Set(proxy.tunnels)).toEqual(new Set(["web.whatsapp.com:443"]));
  expect(JSON.stringify(session)).not.toContain(CREDENTIALS.password);
  const { database } = system.broker.getLocalService("session") as unknown as DatabaseLocals;
  const [row] = await database.all<object>("SELECT * FROM sessions WHERE name = 'proxied'");
  expect(JSON.stringify(row)).not.toContain(CREDENTIALS.password);
  await api.expect(202, "POST", "/sessions/proxied/stop");
}, 120_000);

test("the light driver has no proxy, and an internal one is refused", async () => {
  const at = (url: string, driver: string) => ({
    name: "other",
    network: "sandbox",
    driver,
    settings: { proxy: { url } },
  });
  const light = await api.ask("POST", "/sessions", at(proxy.url, "light"));
  expect([light.status, light.body]).toEqual([409, expect.objectContaining({ code: "unsupported" })]);
  const internal = await api.ask("POST", "/sessions", at("http://169.254.169.254:8080", "browser"));
  expect([internal.status, internal.body]).toEqual([
    422,
    expect.objectContaining({
      code: "url_blocked",
      errors: [expect.objectContaining({ pointer: "/settings/proxy/url" })],
    }),
  ]);
});
