/** What the page says about the link, and the state that follows from it. */
import { z } from "zod";
import type { SessionReason } from "../../contracts/states.ts";
import { addressOf } from "../../contracts/address.ts";
import type { Evidence, LinkState, Me } from "../driver.ts";
import type { PageCalls } from "./page-calls.ts";
import { Serialized } from "./shapes.ts";

const Facts = z.object({
  registered: z.boolean(),
  socket: z.string().nullable(),
  stream: z.string().nullable(),
  display: z.string().nullable(),
  logoutReason: z.string().nullable(),
  /** How asking to be linked came to its end, if it did. */
  linking: z.enum(["expired", "refused"]).nullable(),
  me: Serialized.nullable(),
  lid: Serialized.nullable(),
  name: z.string().nullable(),
});
export type Facts = z.infer<typeof Facts>;

declare global {
  var wppIsWatched: boolean | undefined;
  var wppLogoutReason: string | undefined;
  var wppLinking: "expired" | "refused" | undefined;
  /** Exposed by the connection. */
  var wppMemberAck: ((receipt: { ids: string[]; ack: number; by: string }) => void) | undefined;
}

/** Asks the page, and once for each load listens there to what the library does not pass on. null: the library is not in it yet. */
export function readFacts(page: PageCalls, isPairing: boolean): Promise<Facts | null> {
  return page.run(
    Facts.nullable(),
    (isPairing) => {
      if (typeof WPP === "undefined" || !WPP.isReady) return null;
      if (globalThis.wppIsWatched !== true) {
        globalThis.wppIsWatched = true;
        WPP.on("conn.logout_reason", (reason) => {
          globalThis.wppLogoutReason = reason;
        });
        WPP.on("conn.qrcode_idle", () => {
          globalThis.wppLinking ??= isPairing ? undefined : "expired";
        });
        WPP.on("conn.link_code_expired", () => {
          globalThis.wppLinking = "expired";
        });
        WPP.on("conn.link_code_error", () => {
          globalThis.wppLinking = "refused";
        });
        WPP.on("chat.msg_ack_change", ({ ack, sender, ids }) => {
          if (sender !== undefined) globalThis.wppMemberAck?.({ ids: ids.map(String), ack, by: sender.toString() });
        });
      }
      const { Socket, Stream, UserPrefs, Conn } = WPP.whatsapp;
      return {
        registered: WPP.conn.isRegistered(),
        socket: Socket.state ?? null,
        stream: Stream.mode ?? null,
        display: Stream.displayInfo ?? null,
        logoutReason: globalThis.wppLogoutReason ?? null,
        linking: globalThis.wppLinking ?? null,
        me: UserPrefs.getMaybeMePnUser() ?? null,
        lid: UserPrefs.getMaybeMeLidUser() ?? null,
        name: Conn.pushname ?? null,
      };
    },
    isPairing,
    5_000,
  );
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

const BLOCKS: Record<string, SessionReason> = { CONFLICT: "conflict", TOS_BLOCK: "tos_block", SMB_TOS_BLOCK: "tos_block" };

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
  if (facts.socket === "CONNECTED" && facts.stream === "MAIN" && facts.me !== null)
    return { state: "connected", reason: past.wasConnected ? "network_back" : "linked" };
  if (past.wasConnected || facts.socket === "TIMEOUT") return { state: "reconnecting", reason: "network_lost" };
  return facts.display === "SYNCING" || facts.display === "PAIRING" ? { state: "syncing", reason: null } : null;
}

function judgeUnlinked(facts: Facts, past: Past): Judgement {
  if (past.wasLinked)
    return facts.logoutReason === "account_locked" ? { state: "failed", reason: "banned" } : { state: "logged_out", reason: "logged_out_on_phone" };
  if (facts.linking !== null) return { state: "failed", reason: facts.linking === "expired" ? "qr_expired" : "driver_error" };
  return { state: past.isPairing ? "pairing" : "qr", reason: "link_required" };
}

/** The facts as people judge them. */
export function evidenceOf(facts: Facts | null): Evidence {
  if (facts === null) return { browser: "up", page: "loading" };
  return { browser: "up", registered: facts.registered, socket: facts.socket, stream: facts.stream, display: facts.display };
}

/** Who the page says that this device belongs to. */
export function meOf({ me, lid, name }: Facts): Me | undefined {
  return me === null ? undefined : { ...addressOf(me, lid), name };
}
