/** Versions of resources that are configured: the strong ETag that answers carry, and the If-Match that changes are held to. */
import type { Context } from "moleculer";
import { isProblem, Problem } from "../contracts/errors.ts";
import type { CallMeta } from "./call.ts";

/** Puts the version of what is answered into the ETag header. */
export function sendVersion(ctx: Context<unknown, CallMeta>, version: number): void {
  ctx.meta.$responseHeaders = { ...ctx.meta.$responseHeaders, ETag: `"${version}"` };
}

/** The version that If-Match asks for; undefined when it asks for none. The problem `precondition_failed` for one that was never given out. */
export function expectedVersion(ctx: Context<unknown, CallMeta>): number | undefined {
  const header = ctx.meta.ifMatch?.trim();
  if (header === undefined || header === "" || header === "*") return undefined;
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new Problem("precondition_failed", "If-Match takes one strong ETag, as the resource's last answer gave it");
  return Number(version);
}

/** Changes that others overtook are made anew so often; each round somebody's comes through. */
const TRIES = 20;

/**
 * Makes a change that rests on the version read. Where the client has named none, one that another change overtook is made
 * anew on what is there then; with If-Match the client is told.
 */
export async function changeCurrent<T>(expected: number | undefined, change: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await change();
    } catch (error) {
      if (expected !== undefined || !isProblem(error) || error.type !== "precondition_failed") throw error;
      if (tries === TRIES) throw new Problem("conflict", "it was changed by others again and again; read it anew");
    }
  }
}
