/** Linking a phone: the QR code, the pairing code, and a screenshot of the page. */
import { setTimeout } from "node:timers/promises";
import { callSession, operateSession, waitForQr } from "../../actors/call-session.ts";
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { countryOf, requireSession } from "../../access/session-scope.ts";
import { parseRecipient, phoneOf } from "../../contracts/address.ts";
import { fieldProblem, Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/session.ts";
import { whyNoQr } from "./problems.ts";
import { renderQr } from "./qr.ts";
import type { SessionService } from "./types.ts";

const { serve } = actionsOf<SessionService>();

/** ms between two checks of a session that no node owns yet. */
const RECHECK = 100;

export const linkingActions = {
  qr: serve(routes.getQr, async function (ctx): Promise<unknown> {
    const principal = principalOf(ctx);
    const deadline = Date.now() + ctx.params.query.wait * 1_000;
    for (;;) {
      const row = await requireSession(this.database, principal, ctx.params.params.session);
      if (row.desired !== "running") throw whyNoQr(row.state === "connected" ? "stopped" : row.state);
      const wait = Math.max(0, deadline - Date.now());
      const answer = await waitForQr(ctx, this.database, row.id, wait);
      if ("qr" in answer) return renderQr(answer.qr, ctx.meta);
      // It should run and is stopped: it was started a moment ago, or is moving, and no node has claimed it yet.
      const isUnclaimed = answer.state === "stopped" || answer.state === "logged_out";
      if (!isUnclaimed || wait === 0) throw whyNoQr(isUnclaimed ? "starting" : answer.state);
      await setTimeout(Math.min(wait, RECHECK));
    }
  }),

  pairingCode: serve(routes.requestPairingCode, async function (ctx): Promise<{ code: string; expiresAt: string }> {
    const row = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    if (row.me_chat_id !== null && row.state === "connected") throw new Problem("already_linked");
    const phone = phoneOf(parseRecipient(ctx.params.body.phone, countryOf(row), "/phone"));
    if (phone === null) throw fieldProblem("invalid_phone", "/phone", "a phone number is expected, not a chat id");
    const answer = await callSession(ctx, this.database, row.id, { kind: "pair", phone: phone.slice(1) });
    const { code, expiresAt } = answer as { code: string; expiresAt: number };
    return { code, expiresAt: new Date(expiresAt).toISOString() };
  }),

  screenshot: serve(routes.getScreenshot, async function (ctx): Promise<Buffer> {
    const principal = principalOf(ctx);
    const row = await requireSession(this.database, principal, ctx.params.params.session);
    // The page shows the QR code, and then the account's chats.
    if (row.me_chat_id !== null && !principal.permissions.includes("message:read"))
      throw new Problem(
        "forbidden",
        "the page of a linked session shows messages: these credentials lack message:read",
      );
    const { mimetype, base64 } = await operateSession(ctx, this.database, row.id, "screenshot", {});
    ctx.meta.$responseType = mimetype;
    return Buffer.from(base64, "base64");
  }),
};
