/** What the frames of the sandbox's server are called, and mean. */
import type { ServerFrame } from "../../contracts/sandbox-wire.ts";
import type { SessionReason } from "../../contracts/states.ts";

export type Frame<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;

/** Why the server ends a session. */
export const UNLINK_REASONS: Record<Frame<"unlinked">["reason"], SessionReason> = {
  logout: "logged_out_on_phone",
  banned: "banned",
  tos_block: "tos_block",
  conflict: "conflict",
};

/** The type of a frame or event that is newer than this driver. */
export function nameOf({ type }: { type: string }): string {
  return String(type);
}
