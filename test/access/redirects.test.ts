/** Redirects of a tenant's URL: followed only where asked, and each target is guarded like the first URL. */
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { Agent } from "undici";
import { guardedFetch, type FetchOptions } from "../../access/outgoing/guarded-fetch.ts";

const servers: Server[] = [];
let seen: { path: string; headers: Record<string, unknown> }[] = [];
let http: string;
let https: string;

async function listen<S extends Server>(server: S): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const port = await listen(
    createServer((request, response) => {
      const path = request.url ?? "";
      seen.push({ path, headers: request.headers });
      if (path === "/end") response.setHeader("set-cookie", "a=b").end("arrived");
      else if (path === "/gzip") response.setHeader("content-encoding", "gzip").end(gzipSync("arrived"));
      else response.writeHead(302, { location: decodeURIComponent(path.slice(1)), "set-cookie": "a=b" }).end();
    }),
  );
  http = `http://127.0.0.1:${port}`;
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }], { keySize: 2048 });
  const tls = createTlsServer({ key, cert }, (request, response) => {
    response.writeHead(302, { location: decodeURIComponent((request.url ?? "").slice(1)) }).end();
  });
  https = `https://127.0.0.1:${await listen(tls)}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

const options = (changes: Partial<FetchOptions> = {}): FetchOptions => ({
  allowPrivate: ["127.0.0.0/8"],
  timeout: 5_000,
  maxBytes: 1_000,
  redirects: 3,
  ...changes,
});
const via = (...targets: string[]): string =>
  targets.reduceRight((target, hop) => `${hop}/${encodeURIComponent(target)}`);

test("are followed in every form of a Location, and the last URL is returned", async () => {
  for (const target of [`${http}/end`, "/end", "end", `//${http.slice("http://".length)}/end`]) {
    const { status, body, url } = await guardedFetch(via(http, target), options());
    expect([status, Buffer.from(body).toString(), url.href]).toEqual([200, "arrived", `${http}/end`]);
  }
});

test("carry the caller's headers, and no cookies", async () => {
  await guardedFetch(via(http, `${http}/end`), options({ headers: { "user-agent": "me" } }));
  expect(seen.map(({ path }) => path.slice(0, 4))).toEqual(["/htt", "/end"]);
  for (const { headers } of seen) expect([headers["user-agent"], headers["cookie"]]).toEqual(["me", undefined]);
});

test("beyond the limit are returned, and without one none is followed", async () => {
  expect(await guardedFetch(via(http, http, http, `${http}/end`), options())).toMatchObject({ status: 200 });
  expect(await guardedFetch(via(http, http, http, http, `${http}/end`), options())).toMatchObject({ status: 302 });
  const { redirects: _none, ...without } = options();
  expect(await guardedFetch(via(http, `${http}/end`), without)).toMatchObject({ status: 302 });
});

test.each([
  "http://10.0.0.1/",
  "http://[::1]/",
  "http://169.254.169.254/latest/meta-data",
  "http://user:pass@example.com/",
  "http://example.com:22/",
  "ftp://example.com/",
  "javascript:alert(1)",
])("to %s are refused", async (target) => {
  await expect(guardedFetch(via(http, target), options())).rejects.toMatchObject({ type: "url_blocked" });
});

test("to a name that resolves to a private address are refused when they connect", async () => {
  const resolve = async () => ["10.0.0.1"];
  const target = `http://inside.example.com:${new URL(http).port}/end`;
  await expect(guardedFetch(via(http, target), options({ resolve }))).rejects.toMatchObject({ type: "url_blocked" });
  expect(seen).toHaveLength(1);
});

test("from https: to http: are refused", async () => {
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  try {
    const downgrade = guardedFetch(via(https, `${http}/end`), options({ agent }));
    await expect(downgrade).rejects.toMatchObject({ type: "url_blocked", message: expect.stringContaining("http:") });
    expect(await guardedFetch(via(https, `${https}/x`), options({ agent, redirects: 1 }))).toMatchObject({
      status: 302,
    });
    expect(seen).toEqual([]);
  } finally {
    await agent.destroy();
  }
});

test("a certificate that no authority has signed is named as the reason", async () => {
  await expect(guardedFetch(`${https}/x`, options())).rejects.toMatchObject({
    type: "media_unreachable",
    message: "the server's certificate is self-signed",
  });
});

test("a body is decoded only where asked, and read only of the wanted status", async () => {
  const decoded = await guardedFetch(`${http}/gzip`, options({ decode: true }));
  expect(Buffer.from(decoded.body).toString()).toBe("arrived");
  const asSent = await guardedFetch(`${http}/gzip`, options());
  expect(Buffer.from(asSent.body).equals(gzipSync("arrived"))).toBe(true);
  expect((await guardedFetch(`${http}/end`, options({ bodyOf: 404 }))).body).toHaveLength(0);
});
