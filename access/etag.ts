/** Resource versions: strong ETags in responses, and If-Match for conditional changes. */
import type { Context } from "moleculer";
import { isProblem, Problem } from "../contracts/errors.ts";
import type { CallMeta } from "./call.ts";

/** Sets the ETag header to the resource's version. */
export function sendVersion(ctx: Context<unknown, CallMeta>, version: number): void {
  ctx.meta.$responseHeaders = { ...ctx.meta.$responseHeaders, ETag: `"${version}"` };
}

/** The version in If-Match; undefined without one. Throws `precondition_failed` for a malformed ETag. */
export function expectedVersion(ctx: Context<unknown, CallMeta>): number | undefined {
  const header = ctx.meta.ifMatch?.trim();
  if (header === undefined || header === "" || header === "*") return undefined;
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new Problem("precondition_failed", "If-Match takes one strong ETag, as returned with the resource");
  return Number(version);
}

/** Of several concurrent changes one always succeeds, so this many attempts suffice for as many writers. */
const ATTEMPTS = 20;

/**
 * Runs an optimistic change. Without If-Match it is retried on the current state when another change came first; with
 * If-Match the client gets `precondition_failed`.
 */
export async function changeCurrent<T>(expected: number | undefined, change: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await change();
    } catch (error) {
      if (expected !== undefined || !isProblem(error) || error.type !== "precondition_failed") throw error;
      if (attempt === ATTEMPTS) throw new Problem("conflict", "the resource keeps changing; read it again and retry");
    }
  }
}
