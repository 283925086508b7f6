/** The one-time link of a new installation: whether it can be used, and what to do when it cannot. */
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/auth.ts";
import { lacksPlatformAdmin } from "../../db/statements/identity/platform-admin.ts";
import { actionsOf } from "../../access/serve.ts";
import { verdictOnToken } from "./first-run.ts";
import type { AuthService } from "./types.ts";

const { serve } = actionsOf<AuthService>();

const REFUSED = {
  unknown: "the setup link is incomplete or belongs to another installation; open it exactly as it was printed",
  expired: "the setup link has expired; restart the server, which prints a new one",
} as const;

/** Throws `forbidden`, with the reason and what to do, for a token that cannot register the first owner. */
export async function requireSetupToken(service: AuthService, token: string): Promise<void> {
  const verdict = verdictOnToken(service.secrets, token, systemNow());
  if (verdict === "unknown") throw new Problem("forbidden", REFUSED.unknown);
  // Before the age: someone with an old link whose installation has an owner should sign in, not restart the server.
  if (!(await lacksPlatformAdmin(service.database, { lock: false })))
    throw new Problem("forbidden", "the setup link has already been used; sign in instead");
  if (verdict === "expired") throw new Problem("forbidden", REFUSED.expired);
}

/** The refusal of a registration without a token: what the caller can do depends on whether there is an owner yet. */
export async function closedSignup(service: AuthService): Promise<Problem> {
  const isNew = await lacksPlatformAdmin(service.database, { lock: false });
  const way = isNew
    ? "open the one-time link that the server printed at its start (first-run.txt in its data directory)"
    : "ask an administrator for an account";
  return new Problem("signup_closed", `registration is closed: ${way}, or start the server with WPP_SIGNUP=open`);
}

export const setupActions = {
  setupToken: serve(routes.checkSetupToken, async function (ctx) {
    await requireSetupToken(this, ctx.params.body.setupToken);
  }),
};
