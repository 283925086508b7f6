/** Requests in the gateway: fields of moleculer-web and of the gateway, and functions that read the headers. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "moleculer";
import ipaddr from "ipaddr.js";
import { createId } from "../../contracts/ids.ts";
import type { CallMeta } from "../../access/call.ts";
import type { Binding } from "./bindings.ts";

/** The three parts of a request that an action receives, before or after validation. */
export interface RequestParts {
  params: unknown;
  query: unknown;
  body: unknown;
}

export interface GatewayRequest extends IncomingMessage {
  $ctx: Context<unknown, CallMeta & { $location?: string }>;
  $params: RequestParts;
  $alias?: object;
  originalUrl: string;
  parsedUrl: string;
  body?: unknown;
  /** Undefined for pages and unmatched paths. */
  binding?: Binding | undefined;
}

export type GatewayResponse = ServerResponse;

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The client's request id if it is well-formed, otherwise a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && REQUEST_ID.test(given) ? given : createId("request");
}

/** Reads the client's address: the last entry of X-Forwarded-For that is not a trusted proxy, or the connection's. */
export function createAddressReader(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const ranges = trustedProxies.map((range) => ipaddr.parseCIDR(range));
  const isTrusted = (text: string): boolean => {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));
  };
  return (request) => {
    const peer = (request.socket.remoteAddress ?? "unknown").replace(/^::ffff:/, "");
    const forwarded = request.headers["x-forwarded-for"];
    if (ranges.length === 0 || typeof forwarded !== "string" || !isTrusted(peer)) return peer;
    const hops = forwarded.split(",").map((hop) => hop.trim());
    while (hops.length > 1 && isTrusted(hops.at(-1)!)) hops.pop();
    const client = hops.at(-1)!;
    return ipaddr.isValid(client) ? client : peer;
  };
}

function bearerOf({ headers: { authorization } }: IncomingMessage): string | undefined {
  return authorization !== undefined && /^bearer /i.test(authorization) ? authorization.slice(7).trim() : undefined;
}

/** The request's credential: X-Api-Key, or a Bearer token, which is an access token or an API key. */
export function credentialOf(request: IncomingMessage): string | undefined {
  const key = request.headers["x-api-key"];
  return typeof key === "string" && key !== "" ? key : bearerOf(request);
}

/** True when the credential is in X-Api-Key alone. Generated clients may send the same one in both headers. */
export function isGivenAsApiKey(request: IncomingMessage): boolean {
  const key = request.headers["x-api-key"];
  return typeof key === "string" && key !== "" && key !== bearerOf(request);
}
