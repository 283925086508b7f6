/**
 * Decides whether a URL given by a tenant may be reached. Its address must be on the public internet, or in a range
 * that the operator allows: tenants must not reach the operator's own network.
 */
import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { waitAtMost } from "../../concurrency/deadline.ts";
import { fieldProblem, Problem } from "../../contracts/errors.ts";

/** Resolves a name to all of its addresses. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface GuardOptions {
  /** CIDR ranges that may be reached although they are not public. */
  readonly allowPrivate: readonly string[];
  /** The system's resolver when absent. */
  readonly resolve?: Resolve;
}

const LONGEST_URL = 2048;
const RESOLVE_TIMEOUT = 5_000;
const INTERNAL_NAME =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|svc|localdomain|home\.arpa)$|\.cluster\.local$|^[^.]+$/;

const resolveBySystem: Resolve = async (hostname) =>
  (await systemLookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * Addresses that look public and are not: clouds answer requests from their own machines there, with credentials or
 * internal services. The ranges that IANA reserves are known to ipaddr.js.
 */
const NOT_PUBLIC = [
  // Azure: the platform's own services of each virtual machine.
  "168.63.129.16/32",
  // IBM Cloud: the private network of its services.
  "161.26.0.0/16",
  "166.8.0.0/14",
] as const;

/** What an operator does about a refusal. */
const REMEDY = "an operator can allow it with WPP_ALLOW_PRIVATE_URLS";

/** True when the address is on the public internet or in an allowed range. */
export function isReachable(address: string, allowPrivate: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (allowPrivate.some((range) => isWithin(parsed, range))) return true;
  if (parsed.range() !== "unicast" || NOT_PUBLIC.some((range) => isWithin(parsed, range))) return false;
  // Global IPv6 unicast is 2000::/3 only; everything else is reserved, translated or site-local.
  return parsed.kind() === "ipv4" || (parsed.toByteArray()[0]! & 0xe0) === 0x20;
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, range: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(range);
  return base.kind() === address.kind() && address.match(base, bits);
}

function blocked(detail: string): Problem {
  return new Problem("url_blocked", detail);
}

/** Parses the URL, or throws the problem `url_blocked` when its form alone forbids it. Does not resolve the name. */
export function parseUrl(text: string, allowPrivate: readonly string[]): { url: URL; host: string } {
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
    if (!isReachable(host, allowPrivate)) throw blocked(`the address is not on the public internet; ${REMEDY}`);
  } else if (allowPrivate.length === 0 && INTERNAL_NAME.test(host)) {
    throw blocked(`the name belongs to an internal network; ${REMEDY}`);
  }
  return { url, host };
}

/** Resolves the name to all of its addresses; throws `url_blocked` when one of them, or the name, is internal. */
export async function resolveAll(host: string, options: GuardOptions): Promise<readonly string[]> {
  const addresses = await (options.resolve ?? resolveBySystem)(host);
  if (!addresses.every((address) => isReachable(address, options.allowPrivate)))
    throw blocked(`the name resolves to an address that is not on the public internet; ${REMEDY}`);
  // An internal name needs an allowed range; an address that looks public is not enough.
  const isBlocked =
    INTERNAL_NAME.test(host) &&
    !addresses.every((address) => options.allowPrivate.some((range) => isWithin(ipaddr.process(address), range)));
  if (isBlocked) throw blocked(`the name belongs to an internal network; ${REMEDY}`);
  return addresses;
}

/**
 * Checks a URL when it is configured, so that a mistake is reported immediately: `url_blocked` at `pointer`. A name
 * that does not resolve is accepted, because it is checked again at every use.
 */
export async function checkUrl(text: string, options: GuardOptions & { pointer: string }): Promise<URL> {
  try {
    const { url, host } = parseUrl(text, options.allowPrivate);
    if (isIP(host) === 0) {
      const resolution = resolveAll(host, options).catch((error: unknown) => {
        if (error instanceof Problem) throw error;
      });
      await waitAtMost(resolution, RESOLVE_TIMEOUT);
    }
    return url;
  } catch (error) {
    throw error instanceof Problem ? fieldProblem("url_blocked", options.pointer, error.message) : error;
  }
}
