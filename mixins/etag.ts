/** Versions of resources that are configured: the strong ETag that answers carry, and the If-Match that changes are held to. */
import type { Context } from "moleculer";
import { Problem } from "../contracts/errors.ts";
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
  if (version === undefined) throw new Problem("precondition_failed", "If-Match takes one strong ETag, as the resource's last answer gave it");
  return Number(version);
}
