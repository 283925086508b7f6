/** What the page says about the link, and the state that follows from it. */
import { z } from "zod";
import type { SessionReason } from "../../contracts/states.ts";
import { addressOf } from "../../contracts/address.ts";
import type { Evidence, LinkState, Me } from "../driver.ts";
import type { PageCalls } from "./page-calls.ts";

const READ_WITHIN_MS = 5_000;

const Facts = z.object({
  /** The page is listened to since its last load. */
  isWatched: z.boolean(),
  /** The library has attached its listeners since the last load: what happened before is not told of. */
  isListening: z.boolean(),
  registered: z.boolean(),
  socket: z.string().nullable(),
  stream: z.string().nullable(),
  display: z.string().nullable(),
  logoutReason: z.string().nullable(),
  /** How asking to be linked came to its end, if it did. */
  linking: z.enum(["expired", "refused"]).nullable(),
  me: z.string().nullable(),
  lid: z.string().nullable(),
  name: z.string().nullable(),
});
export type Facts = z.infer<typeof Facts>;

declare global {
  /** The library's way to us, marked by it when the listener behind it is attached. */
  var onAnyMessage: { readonly exposed?: boolean } | undefined;
}

/** Asks the page. null: the library is not in it yet. */
export function readFacts(page: PageCalls): Promise<Facts | null> {
  return page.run(Facts.nullable(), readPage, undefined, READ_WITHIN_MS);
}

/** Runs in the page. */
function readPage(): z.input<typeof Facts> | null {
  if (typeof WPP === "undefined" || !WPP.isReady) return null;
  const { Socket, Stream, UserPrefs, Conn } = WPP.whatsapp;
  return {
    isWatched: globalThis.wppIsWatched === true,
    isListening: globalThis.onAnyMessage?.exposed === true,
    registered: WPP.conn.isRegistered(),
    socket: Socket.state ?? null,
    stream: Stream.mode ?? null,
    display: Stream.displayInfo ?? null,
    logoutReason: globalThis.wppLogoutReason ?? null,
    linking: globalThis.wppLinking ?? null,
    me: UserPrefs.getMaybeMePnUser()?.toString() ?? null,
    lid: UserPrefs.getMaybeMeLidUser()?.toString() ?? null,
    name: Conn.pushname ?? null,
  };
}

/** What the driver has learnt before. */
export interface Past {
  /** There was a link: in this run, or when the profile was last used. */
  readonly wasLinked: boolean;
  readonly wasConnected: boolean;
  readonly isPairing: boolean;
}

export interface Judgement {
  readonly state: LinkState;
  readonly reason: SessionReason | null;
}

const BLOCKS: Record<string, SessionReason> = {
  CONFLICT: "conflict",
  TOS_BLOCK: "tos_block",
  SMB_TOS_BLOCK: "tos_block",
};

const UNLINKED = new Set(["UNPAIRED", "UNPAIRED_IDLE"]);

/** True when the page waits to be linked. `isRegistered` alone is false for a moment in other cases too. */
export function isUnlinked(facts: Facts | null): boolean {
  return facts !== null && !facts.registered && UNLINKED.has(facts.socket ?? "");
}

/**
 * Derives the state; null when the facts say nothing new. The library's own `inChat` and `disconnectedMobile` are no evidence:
 * it sends both before there is a link.
 */
export function judge(facts: Facts | null, past: Past): Judgement | null {
  if (facts === null) return null;
  const block = BLOCKS[facts.socket ?? ""] ?? BLOCKS[facts.stream ?? ""];
  if (block !== undefined) return { state: "failed", reason: block };
  if (isUnlinked(facts)) return judgeUnlinked(facts, past);
  if (!facts.registered) return null;
  if (!facts.isListening) return null;
  if (facts.socket === "CONNECTED" && facts.stream === "MAIN" && facts.me !== null)
    return { state: "connected", reason: past.wasConnected ? "network_back" : "linked" };
  if (past.wasConnected || facts.socket === "TIMEOUT") return { state: "reconnecting", reason: "network_lost" };
  return facts.display === "SYNCING" || facts.display === "PAIRING" ? { state: "syncing", reason: null } : null;
}

function judgeUnlinked(facts: Facts, past: Past): Judgement {
  if (past.wasLinked)
    return facts.logoutReason === "account_locked"
      ? { state: "failed", reason: "banned" }
      : { state: "logged_out", reason: "logged_out_on_phone" };
  if (facts.linking !== null)
    return { state: "failed", reason: facts.linking === "expired" ? "qr_expired" : "driver_error" };
  return { state: past.isPairing ? "pairing" : "qr", reason: "link_required" };
}

/** The facts as people judge them. */
export function evidenceOf(facts: Facts | null): Evidence {
  if (facts === null) return { browser: "up", page: "loading" };
  return {
    browser: "up",
    registered: facts.registered,
    socket: facts.socket,
    stream: facts.stream,
    display: facts.display,
  };
}

/** Who the page says that this device belongs to. */
export function meOf({ me, lid, name }: Facts): Me | undefined {
  return me === null ? undefined : { ...addressOf(me, lid), name };
}
