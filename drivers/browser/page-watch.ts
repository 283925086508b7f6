/** What the library does not pass on by itself: it is listened to in the page, anew after each load. */
import { z } from "zod";
import type { PageCalls } from "./page-calls.ts";

export interface MemberReceipt {
  readonly ids: string[];
  readonly ack: number;
  readonly by: string;
}

declare global {
  var wppIsWatched: boolean | undefined;
  var wppLogoutReason: string | undefined;
  var wppLinking: "expired" | "refused" | undefined;
  /** Exposed by the connection. */
  var wppMemberReceipt: ((receipt: MemberReceipt) => void) | undefined;
}

/** Starts listening in the page. While a pairing code is shown, it does not matter that there is no QR code any more. */
export async function watchPage(page: PageCalls, isPairing: boolean): Promise<void> {
  await page.run(z.null(), listen, isPairing);
}

/** Runs in the page. */
function listen(isPairing: boolean): void {
  if (globalThis.wppIsWatched === true) return;
  globalThis.wppIsWatched = true;
  WPP.on("conn.logout_reason", (reason) => {
    globalThis.wppLogoutReason = reason;
  });
  WPP.on("conn.qrcode_idle", () => {
    if (!isPairing) globalThis.wppLinking = "expired";
  });
  WPP.on("conn.link_code_expired", () => {
    globalThis.wppLinking = "expired";
  });
  WPP.on("conn.link_code_error", () => {
    globalThis.wppLinking = "refused";
  });
  WPP.on("chat.msg_ack_change", ({ ack, sender, ids }) => {
    if (sender !== undefined) globalThis.wppMemberReceipt?.({ ids: ids.map(String), ack, by: sender.toString() });
  });
  // The library keeps every message that has come for a reader that we do not use.
  WPP.on("chat.new_message", () => void WAPI._newMessagesBuffer.splice(0));
}
