/**
 * Requests to URLs given by tenants: webhooks and media. The address is checked at connect time, on the very addresses
 * that are connected to (a second resolution could differ), and redirects are not followed.
 */
import { isIP, type LookupFunction } from "node:net";
import { Agent, request, type Dispatcher } from "undici";
import { codeOf, isProblem, Problem } from "../../contracts/errors.ts";
import { parseUrl, resolveAll, type GuardOptions } from "./address-guard.ts";

export interface FetchOptions extends GuardOptions {
  /** ms for the whole exchange, from name resolution to the end of the response. */
  readonly timeout: number;
  /** Limit of the response body, in bytes. */
  readonly maxBytes: number;
  /** Past `maxBytes`: throw the problem `media_too_large` (default), or leave the rest unread. */
  readonly overflow?: "refuse" | "truncate";
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From `createGuardedAgent`, to reuse connections; owned by the caller. Without it the call opens its own. */
  readonly agent?: Dispatcher;
}

export interface FetchAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

const CONNECT_TIMEOUT = 5_000;

/** An agent that connects only to addresses that pass the guard. The caller destroys it. */
export function createGuardedAgent(options: GuardOptions): Agent {
  const lookup: LookupFunction = (hostname, _options, done) => {
    resolveAll(hostname.replace(/\.$/, "").toLowerCase(), options).then(
      (addresses) =>
        done(
          null,
          addresses.map((address) => ({ address, family: isIP(address) })),
        ),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), []),
    );
  };
  return new Agent({
    connect: { lookup, timeout: CONNECT_TIMEOUT, autoSelectFamily: true },
    connections: 8,
    keepAliveTimeout: 4_000,
    maxResponseSize: -1,
  });
}

/**
 * Sends one request; redirects are returned, not followed. Throws the problems `url_blocked`, `media_too_large`, and
 * `media_unreachable` with the reason in its detail when no response arrives (name, connection, TLS, deadline).
 */
export async function guardedFetch(text: string, options: FetchOptions): Promise<FetchAnswer> {
  const { url } = parseUrl(text, options.allowPrivate);
  const own = options.agent === undefined ? createGuardedAgent(options) : undefined;
  try {
    const answer = await request(url, {
      dispatcher: options.agent ?? own!,
      method: options.method ?? "GET",
      headers: { ...options.headers },
      ...(options.body === undefined ? {} : { body: options.body }),
      headersTimeout: options.timeout,
      bodyTimeout: options.timeout,
      signal: AbortSignal.timeout(options.timeout),
    });
    return { status: answer.statusCode, headers: flatten(answer.headers), body: await readBody(answer.body, options) };
  } catch (error) {
    throw toProblem(error, options.timeout);
  } finally {
    await own?.destroy();
  }
}

async function readBody(
  body: Dispatcher.ResponseData["body"],
  options: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const room = options.maxBytes - size;
    if (chunk.length > room && options.overflow !== "truncate")
      throw new Problem("media_too_large", `the answer has more than ${options.maxBytes} bytes`);
    chunks.push(chunk.subarray(0, room));
    size += Math.min(chunk.length, room);
    if (chunk.length > room) break;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  return flat;
}

/** Error codes of the system and of undici, in words for the tenant. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "the name does not resolve",
  EAI_AGAIN: "the name does not resolve at the moment",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was reset",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  UND_ERR_CONNECT_TIMEOUT: "the connection took too long",
  UND_ERR_SOCKET: "the connection was closed before the answer was complete",
};

function toProblem(error: unknown, timeout: number): Problem {
  if (isProblem(error)) return error;
  if (typeof error === "object" && error !== null && "name" in error && error.name === "TimeoutError") {
    return new Problem("media_unreachable", `no complete answer within ${timeout} ms`);
  }
  // One failure per address: the first is reported.
  const causes: unknown = typeof error === "object" && error !== null && "errors" in error ? error.errors : undefined;
  const code = codeOf(Array.isArray(causes) ? causes[0] : error) ?? "unknown";
  return new Problem("media_unreachable", REASONS[code] ?? `the request failed (${code})`);
}
