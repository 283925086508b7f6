/** Listens in the page to the events that the library's client does not pass on, again after each load. */
import type { ev } from "@wppconnect/wa-js";
import { z } from "zod";
import { HANDLED_PAGE_EVENTS, type HandledPageEvent } from "./library-events.ts";
import type { PageCalls } from "./page-calls.ts";

export interface MemberReceipt {
  readonly ids: string[];
  readonly ack: number;
  readonly by: string;
}

declare global {
  var wppIsWatched: boolean | undefined;
  var wppLinking: "expired" | "refused" | undefined;
  /** The status with which WhatsApp's server refused a pairing code; 0 when the error has none. */
  var wppRefusalStatus: number | undefined;
  /** Exposed by the web client. */
  var wppMemberReceipt: ((receipt: MemberReceipt) => void) | undefined;
}

/**
 * Attaches the listeners; does nothing in a page that has them. While a pairing code is shown, the expiry of a QR code
 * does not matter.
 */
export async function watchPage(page: PageCalls, isPairing: boolean): Promise<void> {
  await page.run(z.null(), listen, { isPairing, events: HANDLED_PAGE_EVENTS });
}

/** Runs in the page. */
function listen({ isPairing, events }: { isPairing: boolean; events: readonly HandledPageEvent[] }): void {
  if (globalThis.wppIsWatched === true) return;
  globalThis.wppIsWatched = true;
  const handlers: { [N in HandledPageEvent]: (payload: ev.EventTypes[N]) => void } = {
    "conn.logout_reason": (reason) => {
      // The page is loaded again after this; what is stored for its tab remains.
      sessionStorage.setItem("wppLogoutReason", reason);
    },
    "conn.qrcode_idle": () => {
      if (!isPairing) globalThis.wppLinking = "expired";
    },
    "conn.link_code_expired": () => {
      globalThis.wppLinking = "expired";
    },
    "conn.link_code_error": (error) => {
      globalThis.wppLinking = "refused";
      globalThis.wppRefusalStatus = "statusCode" in error ? Number(error.statusCode) : 0;
    },
    "chat.msg_ack_change": ({ ack, sender, ids }) => {
      if (sender !== undefined) globalThis.wppMemberReceipt?.({ ids: ids.map(String), ack, by: sender.toString() });
    },
    // The library buffers every new message for an interface that is not used here.
    "chat.new_message": () => void WAPI._newMessagesBuffer.splice(0),
  };
  for (const name of events) WPP.on(name, handlers[name] as () => void);
}
