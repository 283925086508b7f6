/** A tenant's proxy is tried before a browser relies on it. */
import { tryProxy, type ProxyCheck } from "../../access/outgoing/proxy-check.ts";
import { startProxy, type TestProxy } from "../harness/http-proxy.ts";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";

const CREDENTIALS = { username: "user", password: "secret" };
const check: ProxyCheck = { allowPrivate: ["127.0.0.0/8"], target: "web.whatsapp.com:443", timeout: 2_000 };

let target: Server;
let proxy: TestProxy;

beforeAll(async () => {
  target = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
  await new Promise((resolve) => target.once("listening", resolve));
  proxy = await startProxy(CREDENTIALS, async () => (target.address() as AddressInfo).port);
});

afterAll(async () => {
  await proxy.close();
  await new Promise((resolve) => target.close(resolve));
});

test("a proxy that opens a tunnel is returned with the address that was checked", async () => {
  const resolve = async () => ["127.0.0.1"];
  const named = proxy.url.replace("127.0.0.1", "proxy.example.com");
  const tried = await tryProxy({ url: named, ...CREDENTIALS }, { ...check, resolve });
  expect(tried).toEqual({ url: proxy.url, ...CREDENTIALS });
  expect(proxy.tunnels).toEqual(["web.whatsapp.com:443"]);
});

test("a wrong password is named", async () => {
  const wrong = { url: proxy.url, username: "user", password: "wrong" };
  await expect(tryProxy(wrong, check)).rejects.toThrow("the proxy refuses the user name and password");
});

test("a proxy that does not run, and one that is silent, are named", async () => {
  const silent = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as AddressInfo;
  const at = { url: `http://127.0.0.1:${port}`, username: null, password: null };
  await expect(tryProxy(at, { ...check, timeout: 200 })).rejects.toThrow("the proxy gave no answer within 200 ms");
  await new Promise((resolve) => silent.close(resolve));
  await expect(tryProxy(at, check)).rejects.toThrow("the proxy fails: connect ECONNREFUSED");
});

test("a proxy in a network that tenants must not reach is not connected to", async () => {
  const before = proxy.tunnels.length;
  const at = { url: proxy.url, ...CREDENTIALS };
  await expect(tryProxy(at, { ...check, allowPrivate: [] })).rejects.toMatchObject({ type: "url_blocked" });
  const resolve = async () => ["10.0.0.1"];
  const named = { ...at, url: "http://proxy.example.com:3128" };
  await expect(tryProxy(named, { ...check, allowPrivate: [], resolve })).rejects.toMatchObject({ type: "url_blocked" });
  expect(proxy.tunnels).toHaveLength(before);
});
