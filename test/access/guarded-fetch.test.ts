/** Tenants' URLs: no spelling of a private address, and no name that stands for one, is ever connected to. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { checkUrl } from "../../access/outgoing/address-guard.ts";
import { createGuardedAgent, guardedFetch, type FetchOptions } from "../../access/outgoing/guarded-fetch.ts";

let server: Server;
let port: number;
let hits = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    hits += 1;
    if (request.url === "/slow") return;
    if (request.url === "/redirect")
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
    else if (request.url === "/echo") {
      response.writeHead(201, { "X-Method": request.method, "x-host": request.headers.host });
      request.pipe(response);
    } else if (request.url === "/drip") {
      response.write("x");
      const dripping = setInterval(() => response.write("x"), 50);
      response.once("close", () => clearInterval(dripping));
    } else response.end("x".repeat(100_000));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const LOOPBACK = ["127.0.0.0/8", "::1/128"];
const options = (changes: Partial<FetchOptions> = {}): FetchOptions => ({
  allowPrivate: [],
  timeout: 1_500,
  maxBytes: 1_000_000,
  ...changes,
});
const at = (path: string) => `http://127.0.0.1:${port}${path}`;

/**
 * Spellings and neighbours of addresses that must not be reached: decimal, octal, hex, short, full-width, mapped,
 * translated, tunnelled, reserved.
 */
const FORBIDDEN = `
  127.0.0.1 127.1 127.0.1 127.255.255.254 0.0.0.0 0 0x7f.0.0.1 0x7f000001 0177.0.0.1 017700000001 2130706433 0x7f.1
  ①②⑦.⓪.⓪.① 127。0。0。1 127.0.0.1.
  10.0.0.1 10.255.255.255 012.0.0.1 0xa.0.0.1 167772161 172.16.0.1 172.31.255.255 0xac.0x10.0.1 192.168.0.1 192.168.1
  0xc0a80001 3232235521
  169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 169.254.1 100.64.0.1 100.127.255.254 198.18.0.1
  198.19.255.255
  168.63.129.16 0xa83f8110 161.26.0.10 166.9.1.1 192.31.196.1 192.52.193.1 192.88.99.1 192.175.48.1 100.100.100.200
  [2001:2::1] [2001:10::1] [2001:20::1] [2001:4:112::1] [2620:4f:8000::1] [3fff::1] [5f00::1] [::ffff:168.63.129.16]
  192.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:a9fe:a9fe] [::127.0.0.1]
  [::7f00:1]
  [fe80::1] [fec0::1] [fc00::1] [fd00:ec2::254] [ff02::1] [64:ff9b::7f00:1] [64:ff9b:1::1] [2002:7f00:1::]
  [2002:a00:1::1] [2001:0:7f00:1::] [2001:db8::1] [100::1]
`
  .trim()
  .split(/\s+/);
const INTERNAL = `
  localhost LOCALHOST localhost. api.localhost printer.local metadata.google.internal vault.svc
  db.default.svc.cluster.local router.lan intranet redis
`
  .trim()
  .split(/\s+/);
const MALFORMED = [
  "ftp://example.com/",
  "file:///etc/passwd",
  "gopher://example.com/",
  "javascript:alert(1)",
  "//example.com",
  "example.com",
  "",
  "http://",
  "http://user:pass@example.com/",
  "https://user@example.com/",
  "http://example.com:22/",
  "https://example.com:25/",
  `https://example.com/${"x".repeat(2_100)}`,
];

describe("checkUrl refuses", () => {
  test(`${FORBIDDEN.length} spellings of addresses that are not public`, async () => {
    expect(FORBIDDEN.length).toBeGreaterThanOrEqual(60);
    for (const host of FORBIDDEN) {
      await expect([
        host,
        await checkUrl(`http://${host}:${port}/`, { allowPrivate: [], pointer: "/url" }).catch(
          (error: { type: string }) => error.type,
        ),
      ]).toEqual([host, "url_blocked"]);
    }
  });

  test("and says how an operator can allow an address", async () => {
    await expect(checkUrl("http://10.0.0.1/", { allowPrivate: [], pointer: "/url" })).rejects.toMatchObject({
      data: { errors: [{ detail: expect.stringContaining("WPP_ALLOW_PRIVATE_URLS") }] },
    });
  });

  test.each(INTERNAL)("the internal name %s", async (host) => {
    await expect(checkUrl(`http://${host}/`, { allowPrivate: [], pointer: "/url" })).rejects.toMatchObject({
      type: "url_blocked",
      data: { errors: [{ pointer: "/url" }] },
    });
  });

  test.each(MALFORMED)("%s", async (url) => {
    await expect(checkUrl(url, { allowPrivate: [], pointer: "/url" })).rejects.toMatchObject({ type: "url_blocked" });
  });

  test.each([
    ["one private address", ["10.1.2.3"]],
    ["one private among public ones", ["93.184.215.14", "192.168.1.1"]],
    ["a mapped one", ["::ffff:127.0.0.1"]],
    ["no address at all", ["nonsense"]],
  ])("a name that stands for %s", async (_name, addresses) => {
    await expect(
      checkUrl("https://rebind.example.com/", { allowPrivate: [], pointer: "/url", resolve: async () => addresses }),
    ).rejects.toMatchObject({
      type: "url_blocked",
    });
  });

  test("but accepts public URLs, and names that do not resolve at the moment", async () => {
    const publicly = {
      allowPrivate: [],
      pointer: "/url",
      resolve: async () => ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
    };
    for (const url of [
      "https://example.com/hook?x=1",
      "http://example.com:8080/",
      "https://[2606:4700:4700::1111]/",
      "https://1.1.1.1/",
      "https://bücher.example/",
    ]) {
      await expect(checkUrl(url, publicly)).resolves.toBeInstanceOf(URL);
    }
    const failing = { ...publicly, resolve: () => Promise.reject(new Error("ENOTFOUND")) };
    await expect(checkUrl("https://later.example.com/", failing)).resolves.toBeInstanceOf(URL);
  });
});

describe("a request", () => {
  test("never reaches a forbidden address, whatever the name resolved to before", async () => {
    const before = hits;
    for (const host of ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "localhost"]) {
      await expect(guardedFetch(`http://${host}:${port}/`, options())).rejects.toMatchObject({ type: "url_blocked" });
    }
    let asked = 0;
    const rebinding = async () => (++asked === 1 ? ["93.184.215.14"] : ["127.0.0.1"]);
    await checkUrl(`http://rebind.example.com:${port}/`, { allowPrivate: [], pointer: "/url", resolve: rebinding });
    await expect(
      guardedFetch(`http://rebind.example.com:${port}/`, options({ resolve: rebinding })),
    ).rejects.toMatchObject({ type: "url_blocked" });
    expect(hits).toBe(before);
  });

  test("reaches ranges that the operator allows, and no others", async () => {
    const name = `http://inside.example.com:${port}/`;
    const { status, body } = await guardedFetch(
      name,
      options({ allowPrivate: LOOPBACK, resolve: async () => ["127.0.0.1"] }),
    );
    expect([status, body.length]).toEqual([200, 100_000]);
    await expect(
      guardedFetch(name, options({ allowPrivate: ["10.0.0.0/8"], resolve: async () => ["127.0.0.1"] })),
    ).rejects.toMatchObject({
      type: "url_blocked",
    });
    await expect(guardedFetch(`http://localhost:${port}/`, options({ allowPrivate: LOOPBACK }))).resolves.toMatchObject(
      { status: 200 },
    );
    const elsewhere = options({ allowPrivate: ["10.0.0.0/8"], resolve: async () => ["93.184.215.14"] });
    await expect(guardedFetch("http://database.internal/", elsewhere)).rejects.toMatchObject({ type: "url_blocked" });
  });

  test("sends method, headers and body, and does not follow redirects", async () => {
    const allowPrivate = LOOPBACK;
    const echoed = await guardedFetch(
      at("/echo"),
      options({ allowPrivate, method: "POST", headers: { "x-a": "b" }, body: "hello" }),
    );
    expect([echoed.status, Buffer.from(echoed.body).toString(), echoed.headers["x-method"]]).toEqual([
      201,
      "hello",
      "POST",
    ]);
    expect(await guardedFetch(at("/redirect"), options({ allowPrivate }))).toMatchObject({ status: 302 });
  });

  test("has limits of size and time", async () => {
    const allowPrivate = LOOPBACK;
    await expect(guardedFetch(at("/"), options({ allowPrivate, maxBytes: 1_000 }))).rejects.toMatchObject({
      type: "media_too_large",
    });
    expect(
      (await guardedFetch(at("/"), options({ allowPrivate, maxBytes: 1_000, overflow: "truncate" }))).body,
    ).toHaveLength(1_000);
    for (const path of ["/slow", "/drip"]) {
      const started = Date.now();
      await expect(guardedFetch(at(path), options({ allowPrivate, timeout: 400 }))).rejects.toMatchObject({
        type: "media_unreachable",
        message: "no complete answer within 400 ms",
      });
      expect(Date.now() - started).toBeLessThan(1_400);
    }
  });

  test("reports in words why there was no response", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port: free } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await expect(guardedFetch(`http://127.0.0.1:${free}/`, options({ allowPrivate: LOOPBACK }))).rejects.toMatchObject({
      type: "media_unreachable",
      message: "the connection was refused",
    });
    await expect(guardedFetch("http://no-such-name.invalid/", options({ timeout: 8_000 }))).rejects.toMatchObject({
      type: "media_unreachable",
    });
  });

  test("can share connections", async () => {
    const agent = createGuardedAgent({ allowPrivate: LOOPBACK });
    try {
      const answers = await Promise.all(
        [1, 2, 3].map(() =>
          guardedFetch(at("/echo"), options({ allowPrivate: LOOPBACK, agent, method: "POST", body: "x" })),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    } finally {
      await agent.destroy();
    }
  });
});
