/** The page's own pings: sent when its state is read, if WhatsApp's server has not answered for a while. */
import { z } from "zod";

/** Both in ms, of a page that was loaded a moment ago too. */
export const Pulse = z.object({
  /** Since the last answer; null before the first. */
  answeredAgo: z.number().nullable(),
  /** Since the first ping without an answer was sent; null when none waits. */
  unansweredFor: z.number().nullable(),
});
export type Pulse = z.infer<typeof Pulse>;

interface Pings {
  answeredAt: number | null;
  /** Of the first one without an answer. */
  waitingSince: number | null;
  sentAt: number;
}

declare global {
  /** Times on the page's monotonic clock. */
  var wppPings: Pings | undefined;
}

export const PULSE = {
  /** A server that answered within this time is not asked. */
  quietMs: 3_000,
  /** Another ping follows one without an answer after this time. */
  repeatMs: 4_000,
} as const;

/** Runs in the page: sends a ping if there is a connection and it is time, and tells what is known of the earlier ones. */
export function readPulse(isConnected: boolean, { quietMs, repeatMs }: typeof PULSE): Pulse {
  const now = performance.now();
  const pings = (globalThis.wppPings ??= { answeredAt: null, waitingSince: null, sentAt: -Infinity });
  if (!isConnected) pings.waitingSince = null;
  const isQuiet = now - (pings.answeredAt ?? -Infinity) >= quietMs;
  if (isConnected && isQuiet && now - pings.sentAt >= repeatMs) {
    pings.sentAt = now;
    pings.waitingSince ??= now;
    const { generateId, sendSmaxStanza, smax } = WPP.whatsapp.websocket;
    const stanza = smax("iq", { id: generateId(), to: "s.whatsapp.net", type: "get", xmlns: "w:p" });
    sendSmaxStanza(stanza).then(
      () => {
        pings.answeredAt = performance.now();
        pings.waitingSince = null;
      },
      // A ping that could not be sent proves nothing about the server.
      () => (pings.waitingSince = null),
    );
  }
  return {
    answeredAgo: pings.answeredAt === null ? null : now - pings.answeredAt,
    unansweredFor: pings.waitingSince === null ? null : now - pings.waitingSince,
  };
}
