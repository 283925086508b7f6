/** Bodies: what is accepted, and how little work a refused one causes. */
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { isProblem, Problem } from "../../../contracts/errors.ts";
import { bindRoutes } from "./bound-routes.ts";
import { checkJsonLimits, isWithinLimits } from "../../../services/api-gateway/json-limits.ts";
import { validate } from "../../../services/api-gateway/validation.ts";
import { clientOf, OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { startSystem, type System } from "../../harness/system.ts";
import { attackBodies } from "../../harness/attack-bodies.ts";

interface Refusal {
  code: string;
  detail: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

let system: System;
let account: Account;

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node"],
    environment: { ...OPEN, WPP_SANDBOX: "on" },
    settings: { "api-gateway": { bodyTimeout: 150, headTimeout: 200, requestTimeout: 400, restTimeout: 100 } },
  });
  account = await registerTenant(system, "Acme");
});
afterAll(() => system.stop());

const LIMITS = { values: 20, depth: 4 };
/** The code with which the text is refused; undefined when it is not. */
function refusalOf(text: string): string | undefined {
  try {
    checkJsonLimits(text, LIMITS);
    return undefined;
  } catch (error) {
    return isProblem(error) ? error.type : String(error);
  }
}

describe("the structure of a JSON text", () => {
  const twenty = `[${Array.from({ length: 19 }, () => "0").join(",")}]`;

  test.each([
    ["as many values as allowed", twenty],
    ["as many levels as allowed", "[[[[0]]]]"],
    ["brackets and commas in a string", `["${"[{,".repeat(100)}"]`],
    ["escaped quotation marks and backslashes", `["\\"[[[[[[", "\\\\", "\\\\\\"[[[[[[", "${'\\"['.repeat(200)}"]`],
    ["a long string that ends with a backslash", `["${"x".repeat(500)}\\\\", [[[0]]]]`],
    ["a string that never ends", '["[[[[[[[['],
  ])("%s are accepted", (_name, text) => {
    expect(refusalOf(text)).toBeUndefined();
  });

  test.each([
    ["one value too many", twenty.replace("]", ",0]")],
    ["one level too many", "[[[[[0]]]]]"],
    ["one level too many, of objects", '{"a":{"a":{"a":{"a":{}}}}}'],
    ["values after a string of backslashes", `["${"\\\\".repeat(100)}",${"0,".repeat(20)}0]`],
    ["levels after a long string", `["${"x".repeat(500)}",[[[[0]]]]]`],
    ["levels after an escaped end of a long string", `["${"x".repeat(500)}\\"",[[[[0]]]]]`],
  ])("%s is refused", (_name, text) => {
    expect(refusalOf(text)).toBe("payload_too_large");
  });

  test("a parsed value has the same limits", () => {
    for (const text of [twenty, "[[[[0]]]]"])
      expect(isWithinLimits(JSON.parse(text), { values: 21, depth: 4 })).toBe(true);
    for (const text of [twenty, "[[[[[0]]]]]"])
      expect(isWithinLimits(JSON.parse(text), { values: 19, depth: 4 })).toBe(false);
  });
});

describe("validation", () => {
  /** The number of times that a property of the object is read or its keys are listed. */
  function countReads(target: object): { value: object; reads: () => number } {
    let reads = 0;
    const value = new Proxy(target, {
      get: (object, name, receiver) => ((reads += 1), Reflect.get(object, name, receiver)),
      getOwnPropertyDescriptor: (object, name) => ((reads += 1), Reflect.getOwnPropertyDescriptor(object, name)),
    });
    return { value, reads: () => reads };
  }

  test("describes at most 50 of 10,000 unknown fields, and repeats 100 characters of a long name", () => {
    const [login] = bindRoutes("auth.login");
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_none, n) => [`k${n}`, 0]));
    const { value, reads } = countReads(many);
    const refuse = (body: unknown): Problem => {
      try {
        validate(login!, { params: {}, query: {}, body });
      } catch (error) {
        if (isProblem(error)) return error;
      }
      throw new Error("it was accepted");
    };
    expect(refuse(value).data.errors).toHaveLength(50);
    expect(reads()).toBeLessThan(20_000);
    const long = refuse({ email: "a@b.test", password: "x", ["k".repeat(5_000)]: 0 });
    expect(JSON.stringify(long.data).length).toBeLessThan(500);
  });
});

describe("a route without credentials", () => {
  test.each(Object.entries(attackBodies(1_000_000)))(
    "refuses a megabyte of %s by its size alone",
    async (_name, body) => {
      const answer = await clientOf(system).ask<Refusal>("POST", "/auth/login", body, {
        "content-type": "application/json",
      });
      expect([answer.status, answer.body.code]).toEqual([413, "payload_too_large"]);
      expect(answer.body.detail).toContain("16000 bytes");
    },
  );

  test.each(Object.entries(attackBodies(15_000)))("refuses 15 kB of %s with a short answer", async (_name, body) => {
    const answer = await clientOf(system).ask<Refusal>("POST", "/auth/login", body, {
      "content-type": "application/json",
    });
    expect([400, 413, 422]).toContain(answer.status);
    expect(JSON.stringify(answer.body).length).toBeLessThan(12_000);
  });

  test("accepts the longest values of each field, however they are escaped", async () => {
    const escape = (text: string) =>
      [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
    const email = `${"e".repeat(64)}@${"d".repeat(60)}.${"d".repeat(60)}.${"d".repeat(60)}.test`;
    const fields = {
      tenantName: "t".repeat(100),
      name: "n".repeat(100),
      email,
      password: `Zx8 ${"hjklopa ".repeat(8)}`,
    };
    const body = `{${Object.entries(fields)
      .map(([name, value]) => `"${name}":"${escape(value)}"`)
      .join(",")}}`;
    const answer = await clientOf(system).ask("POST", "/auth/register", body, { "content-type": "application/json" });
    expect(answer.status).toBe(201);
  });
});

describe("any other route", () => {
  const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(`${system.url}/api/v1/sessions`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${account.accessToken}`, "content-type": "application/json", ...headers },
    });
  const codeOf = async (answer: Response) => ((await answer.json()) as Refusal).code;

  test.each(Object.entries(attackBodies(900_000)))("refuses 900 kB of %s with a short answer", async (_name, body) => {
    const answer = await send(body);
    const text = await answer.text();
    expect([400, 413, 422]).toContain(answer.status);
    expect(text.length).toBeLessThan(20_000);
  });

  test("refuses a compressed body that grows beyond the limit", async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(20_000_000, " ")));
    const answer = await send(bomb, { "content-encoding": "gzip" });
    expect([answer.status, await codeOf(answer)]).toEqual([413, "payload_too_large"]);
  });

  test("accepts a compressed body, and a byte order mark", async () => {
    const body = JSON.stringify({ name: "compressed", network: "sandbox" });
    expect((await send(new Uint8Array(gzipSync(body)), { "content-encoding": "gzip" })).status).toBe(201);
    expect((await send(`\uFEFF${body.replace("compressed", "marked")}`)).status).toBe(201);
  });

  test.each([
    [
      "bytes that are not UTF-8",
      new Uint8Array(Buffer.from('{"name":"é"}', "latin1")),
      "application/json",
      "malformed_json",
    ],
    ["a declared charset other than UTF-8", "{}", "application/json; charset=iso-8859-1", "unsupported_media_type"],
    ["an unknown Content-Encoding", "{}", "application/json", "unsupported_media_type"],
  ])("refuses %s", async (name, body, type, code) => {
    const encoding: Record<string, string> = name.includes("Encoding") ? { "content-encoding": "zstd" } : {};
    expect(await codeOf(await send(body, { "content-type": type, ...encoding }))).toBe(code);
  });
});

describe("a slow client", () => {
  const open: Socket[] = [];
  afterEach(() => open.splice(0).forEach((socket) => socket.destroy()));

  /** Writes the beginning of a request and then nothing; returns what comes back until the connection is closed. */
  const stall = (bytes: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(system.url).port), "127.0.0.1", () => socket.write(bytes));
      open.push(socket);
      const chunks: Buffer[] = [];
      socket.on("data", (chunk: Buffer) => chunks.push(chunk));
      socket.on("error", () => undefined).on("close", () => resolve(Buffer.concat(chunks).toString()));
    });
  const head = (path: string, more = "") =>
    `POST /api/v1${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n${more}\r\n`;

  test("that does not finish its body gets a 408 and is disconnected", async () => {
    const answer = await stall(`${head("/auth/login")}{"email":`);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(answer).toContain('"code":"request_timeout"');
  });

  test("that does not finish its head is disconnected", async () => {
    expect(await stall("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n")).toMatch(/^HTTP\/1.1 408 /);
  });

  test("that goes on sending after its answer is disconnected", async () => {
    expect(await stall(head("/api-keys"))).toMatch(/^HTTP\/1.1 401 /);
  });
});
