/** Linking a phone: the QR code, the pairing code, and a screenshot of the page. */
import { callSession, operateSession } from "../../actors/call-session.ts";
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { countryOf, requireSession } from "../../access/session-scope.ts";
import { parseRecipient, phoneOf } from "../../contracts/address.ts";
import { fieldProblem, Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/pairing.ts";
import { readQr, toPng, toSvg } from "./qr.ts";
import type { SessionService } from "./types.ts";

const { serve } = actionsOf<SessionService>();

export const linkingActions = {
  qr: serve(routes.getQr, function (ctx) {
    return readQr(this.database, ctx);
  }),

  qrPng: serve(routes.getQrPng, async function (ctx): Promise<Buffer> {
    const { qr } = await readQr(this.database, ctx);
    ctx.meta.$responseType = "image/png";
    return toPng(qr);
  }),

  qrSvg: serve(routes.getQrSvg, async function (ctx): Promise<string> {
    const { qr } = await readQr(this.database, ctx);
    ctx.meta.$responseType = "image/svg+xml";
    return toSvg(qr);
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
    const { mimetype, base64 } = await operateSession(ctx, this.database, row.id, "screenshot", {
      of: ctx.params.query.of,
    });
    ctx.meta.$responseType = mimetype;
    return Buffer.from(base64, "base64");
  }),
};
