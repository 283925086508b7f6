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
  /** Replaces the pairing code before it is void. */
  var wppNextCode: ReturnType<typeof setTimeout> | undefined;
  var wppCodes: number | undefined;
  /** Exposed by the web client. */
  var wppMemberReceipt: ((receipt: MemberReceipt) => void) | undefined;
}

/** The library would leave a void code for a quarter of a minute. */
const CODES = { replaceAfterMs: 170_000, most: 6, askAgainAfterMs: 2_000 };

/** What is under way when the listeners are attached. */
interface Pairing {
  /** While a pairing code is shown, the expiry of a QR code does not matter. */
  readonly isPairing: boolean;
  /** A pairing code has been reported. */
  readonly hasCode: boolean;
}

/** Attaches the listeners; does nothing in a page that has them. */
export async function watchPage(page: PageCalls, pairing: Pairing): Promise<void> {
  await page.run(z.null(), listen, { ...pairing, events: HANDLED_PAGE_EVENTS, codes: CODES });
}

interface ListenInput extends Pairing {
  readonly events: readonly HandledPageEvent[];
  readonly codes: typeof CODES;
}

/** Runs in the page. */
function listen({ isPairing, hasCode, events, codes }: ListenInput): void {
  if (globalThis.wppIsWatched === true) return;
  globalThis.wppIsWatched = true;
  const replaceCode = (): void => {
    globalThis.wppCodes = (globalThis.wppCodes ?? 0) + 1;
    if (globalThis.wppCodes < codes.most) WPP.conn.refreshLinkDeviceCode().catch(() => undefined);
  };
  const stopReplacing = (): void => clearTimeout(globalThis.wppNextCode);
  // From here on the phone has the code, and another one would interrupt the link.
  WPP.whatsapp.LinkDeviceEvents?.on("link_device_events:primary_hello_received", stopReplacing);
  const handlers: { [N in HandledPageEvent]: (payload: ev.EventTypes[N]) => void } = {
    "conn.logout_reason": (reason) => {
      // The page is loaded again after this; what is stored for its tab remains.
      sessionStorage.setItem("wppLogoutReason", reason);
    },
    "conn.qrcode_idle": () => {
      if (!isPairing) globalThis.wppLinking = "expired";
    },
    "conn.link_code_change": (code) => {
      stopReplacing();
      if (code !== null) globalThis.wppNextCode = setTimeout(replaceCode, codes.replaceAfterMs);
    },
    "conn.link_code_expired": () => {
      globalThis.wppLinking = "expired";
    },
    "conn.link_code_error": (error) => {
      stopReplacing();
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
  if (!isPairing) return;
  // A refusal that came before these listeners is lost, and there will be no code: it comes again when asked again.
  const ask = (): void => void WPP.conn.refreshLinkDeviceCode().catch(() => undefined);
  globalThis.wppNextCode = hasCode
    ? setTimeout(replaceCode, codes.replaceAfterMs)
    : setTimeout(ask, codes.askAgainAfterMs);
}
