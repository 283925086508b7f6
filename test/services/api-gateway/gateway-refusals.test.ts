/** Requests that Node's parser, a decompressor or the form parser refuses get a problem document like any other. */
import { connect } from "node:net";
import { OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { startSystem, type System } from "../../harness/system.ts";

let system: System;
let account: Account;

beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant", "message"], environment: OPEN });
  account = await registerTenant(system, "Acme");
});
afterAll(() => system.stop());

/** Sends the bytes on a new connection and returns everything that comes back. */
const exchange = (bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const connection = connect(Number(new URL(system.url).port), "127.0.0.1", () => connection.write(bytes));
    const chunks: Buffer[] = [];
    connection.on("data", (chunk: Buffer) => chunks.push(chunk));
    connection.on("error", reject).on("end", () => resolve(Buffer.concat(chunks).toString()));
  });

const JSON_TYPE = "Content-Type: application/json\r\n";

test.each([
  ["noise", "\x00\x01\x02\r\n\r\n", 400, "malformed_request"],
  [
    "a malformed chunk",
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    400,
    "malformed_request",
  ],
  ["an endless URL", `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, "headers_too_large"],
])("%s gets a problem document, and the connection is closed", async (_name, bytes, status, code) => {
  const [head, body] = (await exchange(bytes)).split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain("application/problem+json");
  expect(JSON.parse(body!)).toMatchObject({ status, code, requestId: expect.stringMatching(/^req_/) });
});

test("without credentials the body is not read", async () => {
  const head =
    `POST /api/v1/sessions/x/messages HTTP/1.1\r\nHost: x\r\n${JSON_TYPE}` +
    "Content-Length: 20000000\r\nConnection: close\r\n\r\n";
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const connection = connect(Number(new URL(system.url).port), "127.0.0.1", () => connection.write(`${head}{"to":`));
  connection.once("data", (chunk: Buffer) => resolve(chunk.toString())).once("error", reject);
  try {
    expect(await promise).toMatch(/^HTTP\/1.1 401 /);
  } finally {
    connection.destroy();
  }
});

test.each(["gzip", "deflate", "br"])("a body that is declared as %s and is not is a 400", async (encoding) => {
  const headers = { "content-type": "application/json", "content-encoding": encoding };
  const answer = await account.owner.ask("POST", "/api-keys", "0123456789", headers);
  expect([answer.status, answer.body["code"]]).toEqual([400, "malformed_json"]);
});

test("an upload of two files is refused, because one of them would be dropped silently", async () => {
  const form = new FormData();
  for (const name of ["one.txt", "another.txt"]) form.append("file", new Blob(["x"]), name);
  expect((await account.owner.ask("POST", "/uploads", form)).body).toMatchObject({
    code: "validation",
    detail: "one file is expected",
  });
});
