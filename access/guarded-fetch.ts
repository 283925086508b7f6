/**
 * Requests to URLs that a tenant has given: webhooks and media. They must never reach the operator's own network, so the
 * address is judged at the moment of connecting, on the very addresses that are connected to (no second resolution that
 * could answer otherwise), and redirects are not followed.
 */
import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, request, type Dispatcher } from "undici";
import { codeOf, fieldProblem, isProblem, Problem } from "../contracts/errors.ts";

/** Resolves a name to all of its addresses. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface GuardOptions {
  /** CIDR ranges that may be reached although they are not public. */
  readonly allowPrivate: readonly string[];
  /** The system's resolver when absent. */
  readonly resolve?: Resolve;
}

export interface FetchOptions extends GuardOptions {
  /** ms for everything: resolution, connection, request and the whole answer. */
  readonly timeout: number;
  /** Most bytes of the answer's body. */
  readonly maxBytes: number;
  /** What happens past `maxBytes`: the problem `media_too_large` (default), or the rest is left unread. */
  readonly overflow?: "refuse" | "truncate";
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Connections to reuse, made by `createGuardedAgent` and closed by its maker; one call's own when absent. */
  readonly agent?: Dispatcher;
}

export interface FetchAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

const LONGEST_URL = 2048;
const CONNECT_TIMEOUT = 5_000;
const RESOLVE_TIMEOUT = 5_000;
const INTERNAL_NAME =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|svc|localdomain|home\.arpa)$|\.cluster\.local$|^[^.]+$/;

const resolveBySystem: Resolve = async (hostname) =>
  (await systemLookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/** True when the address is one of the public internet, or in a range that the operator has allowed. */
export function isReachable(address: string, allowPrivate: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (allowPrivate.some((range) => isWithin(parsed, range))) return true;
  if (parsed.range() !== "unicast") return false;
  // The only global IPv6 unicast space is 2000::/3; the rest is reserved, translated or site-local.
  return parsed.kind() === "ipv4" || (parsed.toByteArray()[0]! & 0xe0) === 0x20;
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, range: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(range);
  return base.kind() === address.kind() && address.match(base, bits);
}

function blocked(detail: string): Problem {
  return new Problem("url_blocked", detail);
}

/** The parsed URL, or the problem `url_blocked` when its form alone forbids it. The name is not resolved. */
function parseUrl(text: string, allowPrivate: readonly string[]): { url: URL; host: string } {
  if (text.length > LONGEST_URL) throw blocked(`a URL has at most ${LONGEST_URL} characters`);
  if (!URL.canParse(text)) throw blocked("a full URL such as https://example.com/hook is expected");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw blocked("only https: and http: URLs are accepted");
  if (url.username !== "" || url.password !== "")
    throw blocked("a URL must not carry a user name or password; use a header");
  const port = Number(url.port);
  if (url.port !== "" && port < 1024 && port !== 80 && port !== 443)
    throw blocked(`port ${port} is not accepted; use 80, 443, or 1024 and above`);
  const host = url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (isIP(host) !== 0) {
    if (!isReachable(host, allowPrivate)) throw blocked("the address is not on the public internet");
  } else if (allowPrivate.length === 0 && INTERNAL_NAME.test(host)) {
    throw blocked("the name is one of an internal network");
  }
  return { url, host };
}

/** All addresses of the name; the problem `url_blocked` when any of them, or the name, is internal and not allowed. */
async function resolveAll(host: string, options: GuardOptions): Promise<readonly string[]> {
  const addresses = await (options.resolve ?? resolveBySystem)(host);
  if (!addresses.every((address) => isReachable(address, options.allowPrivate)))
    throw blocked("the name stands for an address that is not on the public internet");
  // An internal name passes only by an allowed range, never because its address looks public.
  const allowedOnly =
    INTERNAL_NAME.test(host) &&
    !addresses.every((address) => options.allowPrivate.some((range) => isWithin(ipaddr.process(address), range)));
  if (allowedOnly) throw blocked("the name is one of an internal network");
  return addresses;
}

/**
 * Judges a URL when it is given, so that a mistake is told at once: `url_blocked` at `pointer`. A name that does not resolve
 * now is let pass, since it is judged again at every use.
 */
export async function checkUrl(text: string, options: GuardOptions & { pointer: string }): Promise<URL> {
  try {
    const { url, host } = parseUrl(text, options.allowPrivate);
    if (isIP(host) === 0) {
      const resolution = resolveAll(host, options).catch((error: unknown) => {
        if (error instanceof Problem) throw error;
      });
      await withDeadline(resolution, RESOLVE_TIMEOUT);
    }
    return url;
  } catch (error) {
    throw error instanceof Problem ? fieldProblem("url_blocked", options.pointer, error.message) : error;
  }
}

async function withDeadline(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Connections that only lead to reachable addresses. The maker destroys it. */
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
 * One request, never following a redirect. Throws the problems `url_blocked`, `media_too_large` and, for everything that kept
 * an answer from coming (name, connection, TLS, deadline), `media_unreachable` with the reason in its detail.
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

/** Codes of the system and of undici in words that may be shown to the tenant. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "the name does not resolve",
  EAI_AGAIN: "the name does not resolve now",
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
  // Several addresses, several failures: the first one is told.
  const causes: unknown = typeof error === "object" && error !== null && "errors" in error ? error.errors : undefined;
  const code = codeOf(Array.isArray(causes) ? causes[0] : error) ?? "unknown";
  return new Problem("media_unreachable", REASONS[code] ?? `the request failed (${code})`);
}
