/** Reads the page's own view of the connection, and derives the state from it. */
import { z } from "zod";
import { addressOf } from "../../contracts/address.ts";
import type { SessionReason } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { ConnectionState, Evidence, Me } from "../driver.ts";
import type { PageCalls } from "./page-calls.ts";
import { PULSE, Pulse, readPulse } from "./pulse.ts";

const READ_WITHIN_MS = 4_000;
const LOGOUT_WITHIN_MS = 20_000;
/** The status with which WhatsApp's server refuses a pairing code for a number that it does not know. */
const NOT_FOUND = 404;

const PageState = z.object({
  /** Our listeners are attached since the page was last loaded. */
  isWatched: z.boolean(),
  /**
   * The library's listeners are attached since the page was last loaded; it does not report earlier events.
   */
  isListening: z.boolean(),
  registered: z.boolean(),
  socket: z.string().nullable(),
  stream: z.string().nullable(),
  display: z.string().nullable(),
  /** Why the device was removed, if the page said so; an empty text if it said only that it was. */
  logoutReason: z.string().nullable(),
  /** Why linking ended without success, if it did. */
  linking: z.enum(["expired", "refused"]).nullable(),
  /** The status of a refused pairing code. */
  refusalStatus: z.number().nullable(),
  me: z.string().nullable(),
  lid: z.string().nullable(),
  name: z.string().nullable(),
  pulse: Pulse,
});
export type PageState = z.infer<typeof PageState>;

declare const location: { readonly search: string };

declare global {
  /**
   * The function that the library exposes to the page; the library marks it when the listener behind it is attached.
   */
  var onAnyMessage: { readonly exposed?: boolean } | undefined;
}

/** Reads the page's state; null while the library is not in the page yet. */
export function readPageState(page: PageCalls): Promise<PageState | null> {
  return page.runWith(PageState.nullable(), readState, PULSE, READ_WITHIN_MS, [readPulse]);
}

/** Removes this device from the account. */
export async function removeDevice(page: PageCalls): Promise<void> {
  try {
    await page.run(z.unknown(), () => WPP.conn.logout(), undefined, LOGOUT_WITHIN_MS);
  } catch (error) {
    // The page reloads when it is logged out, which interrupts the call.
    if (!isUnlinked(await readPageState(page).catch(() => null)))
      throw error instanceof DriverError ? error : new DriverError("unknown", String(error));
  }
}

/** Runs in the page. */
function readState(pulse: typeof PULSE, pulseOf: typeof readPulse): z.input<typeof PageState> | null {
  if (typeof WPP === "undefined" || !WPP.isReady) return null;
  const { Socket, Stream, UserPrefs, Conn } = WPP.whatsapp;
  return {
    isWatched: globalThis.wppIsWatched === true,
    isListening: globalThis.onAnyMessage?.exposed === true,
    registered: WPP.conn.isRegistered(),
    socket: Socket.state ?? null,
    stream: Stream.mode ?? null,
    display: Stream.displayInfo ?? null,
    logoutReason: sessionStorage.getItem("wppLogoutReason") ?? (location.search.includes("post_logout=1") ? "" : null),
    linking: globalThis.wppLinking ?? null,
    refusalStatus: globalThis.wppRefusalStatus ?? null,
    me: UserPrefs.getMaybeMePnUser()?.toString() ?? null,
    lid: UserPrefs.getMaybeMeLidUser()?.toString() ?? null,
    name: Conn.pushname ?? null,
    pulse: pulseOf(WPP.conn.isRegistered() && Socket.state === "CONNECTED", pulse),
  };
}

/** Earlier observations. */
export interface History {
  /** The device was linked: in this run, or when the profile was last used. */
  readonly wasLinked: boolean;
  /** It was connected in this run. */
  readonly wasConnected: boolean;
  /** A pairing code was requested. */
  readonly isPairing: boolean;
  /** WhatsApp's server does not answer, although the page shows an open connection. */
  readonly isSilent: boolean;
  /** WhatsApp's server does not acknowledge what is sent. */
  readonly isUnacknowledged: boolean;
}

export interface DerivedState {
  readonly state: ConnectionState;
  readonly reason: SessionReason | null;
}

const BLOCKS: Record<string, SessionReason> = {
  CONFLICT: "conflict",
  TOS_BLOCK: "tos_block",
  SMB_TOS_BLOCK: "tos_block",
};

const UNLINKED = new Set(["UNPAIRED", "UNPAIRED_IDLE"]);

/** True when the page waits to be linked. `registered` alone is false for a moment in other cases too. */
export function isUnlinked(page: PageState | null): boolean {
  return page !== null && !page.registered && UNLINKED.has(page.socket ?? "");
}

/**
 * Derives the connection's state; null when the page shows nothing new. The library's own `inChat` and
 * `disconnectedMobile` are not used: it reports both before the device is linked.
 */
export function deriveState(page: PageState | null, history: History): DerivedState | null {
  if (page === null) return null;
  const block = BLOCKS[page.socket ?? ""] ?? BLOCKS[page.stream ?? ""];
  if (block !== undefined) return { state: "failed", reason: block };
  if (isUnlinked(page)) return deriveUnlinked(page, history);
  if (!page.registered || !page.isListening) return null;
  if (page.socket === "CONNECTED" && page.stream === "MAIN" && page.me !== null && !history.isSilent) {
    if (history.isUnacknowledged) return { state: "degraded", reason: "not_acknowledged" };
    return { state: "connected", reason: history.wasConnected ? "network_back" : "linked" };
  }
  if (history.wasConnected || page.socket === "TIMEOUT") return { state: "reconnecting", reason: "network_lost" };
  return page.display === "SYNCING" || page.display === "PAIRING" ? { state: "syncing", reason: null } : null;
}

function deriveUnlinked(page: PageState, history: History): DerivedState {
  if (page.logoutReason === "account_locked") return { state: "failed", reason: "banned" };
  if (history.wasLinked && (page.logoutReason !== null || history.wasConnected))
    return { state: "logged_out", reason: "logged_out_on_phone" };
  if (page.linking === "expired") return { state: "failed", reason: "qr_expired" };
  // A profile that was linked, in a page that has never heard of a link: the phone still lists the device.
  return {
    state: history.isPairing ? "pairing" : "qr",
    reason: history.wasLinked ? "profile_damaged" : "link_required",
  };
}

export function evidenceOf(page: PageState | null): Evidence {
  if (page === null) return { browser: "up", page: "loading" };
  return {
    browser: "up",
    registered: page.registered,
    socket: page.socket,
    stream: page.stream,
    display: page.display,
  };
}

/** The account that the page shows. */
export function meOf({ me, lid, name }: PageState): Me | undefined {
  return me === null ? undefined : { ...addressOf(me, lid), name };
}

/** Why the pairing code was refused. */
export function pairingFailureOf({ refusalStatus }: PageState): "number_not_on_whatsapp" | "rejected_by_network" {
  return refusalStatus === NOT_FOUND ? "number_not_on_whatsapp" : "rejected_by_network";
}
