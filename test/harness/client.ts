/**
 * An HTTP client for tests. It can wait until a response meets a condition, and throws for a response that its route
 * does not declare.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PERMISSIONS } from "../../contracts/permissions.ts";
import { faultOf } from "./response-checks.ts";
import { until } from "./system.ts";

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export class TestClient {
  readonly origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(origin: string, headers: Readonly<Record<string, string>> = {}) {
    this.origin = origin;
    this.#headers = headers;
  }

  /** The same client with additional headers. */
  with(headers: Readonly<Record<string, string>>): TestClient {
    return new TestClient(this.origin, { ...this.#headers, ...headers });
  }

  /** The same client for another process of the system. */
  at(origin: string): TestClient {
    return new TestClient(origin, this.#headers);
  }

  async ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const isRaw = body instanceof FormData || typeof body === "string";
    const fullPath = `${path.startsWith("/") ? "/api/v1" : ""}${path.replace(/^root:/, "")}`;
    const response = await fetch(`${this.origin}${fullPath}`, {
      method,
      headers: {
        ...this.#headers,
        ...(body === undefined || isRaw ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(70_000),
    });
    const type = response.headers.get("content-type") ?? "";
    const content: unknown =
      type.includes("json") && method !== "HEAD" ? await response.json() : Buffer.from(await response.arrayBuffer());
    const fault = faultOf(method, fullPath, { status: response.status, contentType: type, body: content });
    if (fault !== undefined)
      throw new Error(
        `${method} ${path}: the response is not as declared: ${fault}\n${JSON.stringify(content).slice(0, 2_000)}`,
      );
    return { status: response.status, headers: response.headers, body: content as T };
  }

  /** The body of the response; throws when its status is another. */
  async expect<T = Record<string, unknown>>(
    status: number,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<T> {
    const answer = await this.ask<T>(method, path, body, headers);
    if (answer.status !== status)
      throw new Error(
        `${method} ${path} answered ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`,
      );
    return answer.body;
  }

  /** Repeats a GET until its body meets the condition. */
  async until<T>(path: string, isWanted: (body: T) => boolean, milliseconds = 30_000): Promise<T> {
    let last: T | undefined;
    try {
      return await until(async () => {
        last = await this.expect<T>(200, "GET", path);
        return isWanted(last) ? last : undefined;
      }, milliseconds);
    } catch (error) {
      throw new Error(`GET ${path} did not meet the condition in time; its last body is ${JSON.stringify(last)}`, {
        cause: error,
      });
    }
  }
}

let tenants = 0;

/** A client with a key of all permissions that a key can have. The owner's own token ends after some minutes. */
export async function withLastingKey(owner: TestClient): Promise<TestClient> {
  const scopes = PERMISSIONS.filter((permission) => permission !== "platform:admin");
  const { key } = await owner.expect<{ key: string }>(201, "POST", "/api-keys", { name: "lasting", scopes });
  return new TestClient(owner.origin, { "x-api-key": key });
}

/**
 * Registers a tenant and returns its owner's client. The first one of an installation administers the platform if its
 * data directory is given.
 */
export async function registerTenant(origin: string, tenantName = "Tenant", dataDir?: string): Promise<TestClient> {
  tenants += 1;
  const email = `owner-${process.pid}-${tenants}-${Date.now()}@example.test`;
  const anyone = new TestClient(origin);
  const { accessToken } = await anyone.expect<{ accessToken: string }>(201, "POST", "/auth/register", {
    tenantName,
    name: "Owner",
    email,
    password: "correct horse battery",
    ...(dataDir === undefined
      ? {}
      : { setupToken: /#(\S+)/.exec(readFileSync(join(dataDir, "first-run.txt"), "utf8"))?.[1] }),
  });
  return anyone.with({ authorization: `Bearer ${accessToken}` });
}
