/** The QR code of a session: waiting for it, and its forms. */
import { setTimeout } from "node:timers/promises";
import QRCode from "qrcode";
import type { z } from "zod";
import { waitForQr } from "../../actors/call-session.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { requireSession } from "../../access/session-scope.ts";
import type { getQr, Qr } from "../../contracts/routes/pairing.ts";
import type { Database } from "../../db/database.ts";
import { whyNoQr } from "./problems.ts";

/** ms between two checks of a session that no node owns yet. */
const RECHECK = 100;

/**
 * The current code; waits for one as long as the request asks for. Throws `no_qr`, `already_linked`,
 * `session_not_running` or `session_unavailable`.
 */
export async function readQr(database: Database, ctx: Call<typeof getQr>): Promise<z.infer<typeof Qr>> {
  const principal = principalOf(ctx);
  const deadline = Date.now() + ctx.params.query.wait * 1_000;
  for (;;) {
    const row = await requireSession(database, principal, ctx.params.params.session);
    if (row.desired !== "running")
      throw whyNoQr({
        state: row.state === "connected" ? "stopped" : row.state,
        reason: row.reason,
        phase: null,
      });
    const wait = Math.max(0, deadline - Date.now());
    const answer = await waitForQr(ctx, database, row.id, wait);
    if ("qr" in answer) return { ...answer.qr, expiresAt: new Date(answer.qr.expiresAt).toISOString() };
    // It should run and is stopped: it was started a moment ago, or is moving, and no node has claimed it yet.
    // The same for one that had failed, and was started again.
    const isUnclaimed =
      answer.state === "stopped" ||
      answer.state === "logged_out" ||
      (answer.state === "failed" && row.start_pending === 1);
    if (!isUnclaimed || wait === 0) throw whyNoQr(isUnclaimed ? { ...answer, state: "starting" } : answer);
    await setTimeout(Math.min(wait, RECHECK));
  }
}

export function toPng(text: string): Promise<Buffer> {
  return QRCode.toBuffer(text, { type: "png", margin: 2, width: 360 });
}

export function toSvg(text: string): Promise<string> {
  return QRCode.toString(text, { type: "svg", margin: 2 });
}
