/**
 * Requests to URLs given by tenants: webhooks and media. The address is checked at connect time, on the very addresses
 * that are connected to (a second resolution could differ). Redirects are followed only where the caller asks for it,
 * and each target is checked like the first URL.
 */
import { isIP, type LookupFunction } from "node:net";
import { Agent, request, type Dispatcher } from "undici";
import { codeOf, isProblem, Problem } from "../../contracts/errors.ts";
import { parseUrl, resolveAll, type GuardOptions } from "./address-guard.ts";
import { decodeBody } from "./content-encoding.ts";

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
  /** How many redirects of a GET are followed; none by default. They get the same headers, so these hold no secrets. */
  readonly redirects?: number;
  /** Undo the Content-Encoding. `maxBytes` then limits the encoded and the decoded body. */
  readonly decode?: boolean;
  /** The only status whose body is read; any when absent. */
  readonly bodyOf?: number;
  /** From `createGuardedAgent`, to reuse connections; owned by the caller. Without it the call opens its own. */
  readonly agent?: Dispatcher;
}

export interface FetchAnswer {
  /** The URL that answered: the given one, or the last redirect's target. */
  readonly url: URL;
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
 * Sends a request and, with `redirects`, follows its redirects; a redirect beyond them is returned. Throws the problems
 * `url_blocked`, `media_too_large`, and `media_unreachable` with the reason in its detail when no response arrives
 * (name, connection, TLS, deadline, damaged data).
 */
export async function guardedFetch(text: string, options: FetchOptions): Promise<FetchAnswer> {
  const { url } = parseUrl(text, options.allowPrivate);
  const own = options.agent === undefined ? createGuardedAgent(options) : undefined;
  try {
    return await follow(url, options, options.agent ?? own!, AbortSignal.timeout(options.timeout));
  } catch (error) {
    throw toProblem(error, options.timeout);
  } finally {
    await own?.destroy();
  }
}

async function follow(
  first: URL,
  options: FetchOptions,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<FetchAnswer> {
  let url = first;
  for (let left = options.redirects ?? 0; ; left--) {
    const answer = await request(url, {
      dispatcher,
      method: options.method ?? "GET",
      headers: { ...options.headers },
      ...(options.body === undefined ? {} : { body: options.body }),
      headersTimeout: options.timeout,
      bodyTimeout: options.timeout,
      signal,
    });
    const { statusCode: status, body } = answer;
    const headers = flatten(answer.headers);
    const { location } = headers;
    const isRedirect = left > 0 && location !== undefined && REDIRECTS.has(status);
    if (!isRedirect && (options.bodyOf ?? status) === status)
      return { url, status, headers, body: await readBody(decoded(body, headers, options), options) };
    body.on("error", () => undefined).destroy();
    if (!isRedirect) return { url, status, headers, body: new Uint8Array() };
    url = redirectTarget(location, url, options);
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The checked target of a redirect. */
function redirectTarget(location: string, from: URL, { allowPrivate }: FetchOptions): URL {
  if (!URL.canParse(location, from.href)) throw new Problem("media_unreachable", "it redirects to what is not a URL");
  const target = new URL(location, from);
  if (from.protocol === "https:" && target.protocol === "http:")
    throw new Problem("url_blocked", "it redirects from https: to http:, which is not followed");
  try {
    return parseUrl(target.href, allowPrivate).url;
  } catch (error) {
    throw isProblem(error) ? new Problem(error.type, `it redirects to a URL that is refused: ${error.message}`) : error;
  }
}

function decoded(
  body: Dispatcher.ResponseData["body"],
  headers: Readonly<Record<string, string>>,
  { decode, maxBytes }: FetchOptions,
): AsyncIterable<Uint8Array> {
  return decode === true
    ? decodeBody(limited(body, maxBytes), headers["content-encoding"], headers["content-type"])
    : body;
}

async function* limited(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem("media_too_large", `the answer has more than ${maxBytes} bytes`);
}

async function readBody(body: AsyncIterable<Uint8Array>, options: FetchOptions): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    const room = options.maxBytes - size;
    if (chunk.length > room && options.overflow !== "truncate") throw tooLarge(options.maxBytes);
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
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer does not have the length that it announced",
  UND_ERR_HEADERS_OVERFLOW: "the answer's headers are too large",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate is not from a known authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate is not from a known authority",
};

function toProblem(error: unknown, timeout: number): Problem {
  if (isProblem(error)) return error;
  if (typeof error === "object" && error !== null && "name" in error && error.name === "TimeoutError") {
    return new Problem("media_unreachable", `no complete answer within ${timeout} ms`);
  }
  // One failure per address: the first is reported.
  const causes: unknown = typeof error === "object" && error !== null && "errors" in error ? error.errors : undefined;
  const code = codeOf(Array.isArray(causes) ? causes[0] : error) ?? "unknown";
  const reason = code.startsWith("HPE_") ? "the answer is not valid HTTP" : REASONS[code];
  return new Problem("media_unreachable", reason ?? `the request failed (${code})`);
}
