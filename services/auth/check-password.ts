/** Checks the password of a user who signs in. The answer and its time are the same whether or not there is a user. */
import type { Context } from "moleculer";
import { recordAudit } from "../../access/audit.ts";
import type { CallMeta } from "../../access/call.ts";
import { networkOf } from "../../access/network.ts";
import { Problem } from "../../contracts/errors.ts";
import type { UserRow } from "../../db/models/user.ts";
import { findLoginAddresses } from "../../db/statements/identity/logins.ts";
import { count } from "../../metrics/metrics.ts";
import type { PasswordClient } from "./password-queue.ts";
import type { AuthService } from "./types.ts";

/** The address that limits count for. */
export function addressOf(ctx: { meta: CallMeta }): string {
  return ctx.meta.clientIp ?? "unknown";
}

/** A client that is not signed in, in the queue for password hashes. */
export function strangerOf(ctx: { meta: CallMeta }): PasswordClient {
  return { key: networkOf(addressOf(ctx)), isKnown: false };
}

/** A client that is signed in; all of a tenant's share one queue. */
export function signedInOf(ctx: { meta: CallMeta }): PasswordClient {
  return { key: ctx.meta.principal?.tenantId ?? networkOf(addressOf(ctx)), isKnown: true };
}

/** Returns the user with this password. Throws the problem `invalid_credentials` when there is none. */
export async function checkPassword(
  service: AuthService,
  ctx: Context<unknown, CallMeta>,
  email: string,
  password: string,
): Promise<UserRow> {
  const ip = addressOf(ctx);
  const user = await service.tables.users.findRowAcrossTenants({ email });
  const addresses = await findLoginAddresses(service.database, user?.id ?? "");
  const network = networkOf(ip);
  const isKnown = addresses.some((address) => networkOf(address) === network);
  const attempt = { email, ip, isKnown };
  await service.throttle.take(attempt);
  const client = isKnown ? { key: `${network} ${email}`, isKnown } : strangerOf(ctx);
  const isCorrect = await service.passwords.matches(client, password, user?.password_hash ?? null);
  if (user !== null && isCorrect && !user.disabled) {
    await service.throttle.giveBack(attempt);
    return user;
  }
  count(service.broker, "auth_failures_total", { kind: "password" });
  if (user !== null) recordFailure(service, ctx, user);
  throw new Problem("invalid_credentials");
}

/** Not awaited by the answer, whose time would reveal that there is such a user; the service awaits it when it stops. */
function recordFailure(service: AuthService, ctx: Context<unknown, CallMeta>, user: UserRow): void {
  const entry = { tenantId: user.tenant_id, action: "login.failed", target: user.id, userId: user.id };
  const writing = recordAudit(service.database, ctx, entry)
    .catch((error: unknown) => service.logger.error("a failed sign-in was not recorded", { error: String(error) }))
    .finally(() => service.writing.delete(writing));
  service.writing.add(writing);
}
