/** Reports calls that have ended. The library only has an event for those that begin. */
import type { Page } from "puppeteer";
import { z } from "zod";
import type { PageCalls } from "./page-calls.ts";
import { parsePayload } from "./parsing.ts";
import type { PeopleParts } from "./people-events.ts";
import { Serialized } from "./shapes.ts";

declare global {
  var wppWatchesCalls: boolean | undefined;
  /** Exposed by `exposeCallEnds`. */
  var wppCallEnded: ((call: unknown) => void) | undefined;
}

const EndedCall = z.object({
  id: z.string(),
  peer: Serialized,
  video: z.boolean(),
  outgoing: z.boolean(),
  rejected: z.boolean(),
});

/** Exposes the function that the page calls. It survives a reload. */
export async function exposeCallEnds(page: Page, parts: PeopleParts): Promise<void> {
  await page.exposeFunction("wppCallEnded", (payload: unknown) => {
    const call = parsePayload(EndedCall, payload, parts.unknown, "wppCallEnded");
    if (call === undefined) return;
    void parts.reporter.report(call.peer, async () => {
      const { id, video, outgoing, rejected } = call;
      return {
        type: "call_ended",
        id,
        peer: await parts.addresses.resolve(call.peer),
        video,
        outgoing,
        rejected,
        at: Date.now(),
      };
    });
  });
}

/** Attaches the listener; does nothing in a page that has it. */
export async function watchCallEnds(page: PageCalls): Promise<void> {
  await page.run(z.null(), listen, undefined);
}

/** Runs in the page. */
function listen(): void {
  if (globalThis.wppWatchesCalls === true) return;
  globalThis.wppWatchesCalls = true;
  interface Call {
    readonly id: unknown;
    readonly peerJid: unknown;
    readonly isVideo?: boolean;
    readonly outgoing?: boolean;
    getState(): unknown;
  }
  const ended = new Set<string>();
  // WhatsApp Web has had names, and has numbers now: 0 for none and 13 for a call that ends.
  const over = new Set([
    "0",
    "13",
    "ENDED",
    "REJECTED",
    "NOT_ANSWERED",
    "HANDLED_REMOTELY",
    "FAILED",
    "Rejected",
    "Ending",
  ]);
  const report = (call: Call): void => {
    const state = String(call.getState());
    const id = String(call.id);
    if (!over.has(state) || ended.has(id)) return;
    ended.add(id);
    globalThis.wppCallEnded?.({
      id,
      peer: String(call.peerJid),
      video: call.isVideo === true,
      outgoing: call.outgoing === true,
      rejected: state.toUpperCase() === "REJECTED",
    });
  };
  const store = WPP.whatsapp.CallStore as unknown as { on(name: string, handler: (call: Call) => void): void };
  // WhatsApp Web has had the state under both names.
  for (const name of ["change:state", "change:_state"]) store.on(name, report);
}
