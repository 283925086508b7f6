/** Creates a tenant together with its first owner. */
import type { z } from "zod";
import { systemNow } from "../../concurrency/clock.ts";
import { Problem, fieldProblem } from "../../contracts/errors.ts";
import { createId } from "../../contracts/ids.ts";
import { createTenant } from "../../contracts/routes/tenant.ts";
import { isUniqueViolation } from "../../db/failures.ts";
import type { TenantRow } from "../../db/models/tenant.ts";
import type { UserRow } from "../../db/models/user.ts";
import { lacksPlatformAdmin } from "../../db/statements/identity/platform-admin.ts";
import type { PasswordClient } from "./password-queue.ts";
import { requireStrongPassword } from "./password-strength.ts";
import type { AuthService } from "./types.ts";

/** A tenant and its owner, as the route's body describes them. */
export const NewTenant = createTenant.body!;
export type NewTenant = z.output<typeof NewTenant>;

function toTenantRow({ name, plan, quotas }: NewTenant, now: number): TenantRow {
  return {
    id: createId("tenant"),
    name,
    plan,
    status: "active",
    quotas: (quotas ?? {}) as TenantRow["quotas"],
    settings: {},
    version: 1,
    created_at: now,
    updated_at: now,
  };
}

/** A user who has never signed in. */
export function newUser(
  given: Pick<UserRow, "tenant_id" | "email" | "name" | "role" | "platform_admin" | "password_hash">,
  now: number,
): UserRow {
  return {
    ...given,
    id: createId("user"),
    token_version: 0,
    disabled: false,
    version: 1,
    last_login_at: null,
    created_at: now,
    updated_at: now,
  };
}

/** The error to report when writing a user has failed. */
function toUserProblem(error: unknown): unknown {
  return isUniqueViolation(error)
    ? fieldProblem("email_taken", "/email", "another account has this email address")
    : error;
}

/** Who creates a tenant, and how. */
export interface Creation {
  readonly isPlatformAdmin: boolean;
  readonly client: PasswordClient;
  /** The network or tenant to which answers that an e-mail address is taken are counted. */
  readonly who: string;
  /** Pointer to the owner in the request. */
  readonly pointer: string;
}

/**
 * Runs the insert of a user with this e-mail address. Throws `email_taken` when another account has it, and
 * `rate_limited` when the caller was answered that too often: nothing else keeps it from trying addresses.
 */
export async function withFreeAddress<T>(service: AuthService, who: string, insert: () => Promise<T>): Promise<T> {
  await service.throttle.requireAddressesLeft(who);
  try {
    return await insert();
  } catch (error) {
    if (isUniqueViolation(error)) await service.throttle.countTakenAddress(who);
    throw toUserProblem(error);
  }
}

/** Creates both in one transaction. Throws `forbidden` when the owner would be a second platform administrator. */
export async function createTenantWithOwner(
  service: AuthService,
  given: NewTenant,
  { isPlatformAdmin, client, who, pointer }: Creation,
): Promise<{ tenant: TenantRow; user: UserRow }> {
  const now = systemNow();
  const tenant = toTenantRow(given, now);
  const { name, email, password } = given.owner;
  requireStrongPassword(password, `${pointer}/password`, [email, name, given.name]);
  return withFreeAddress(service, who, async () => {
    const user = newUser(
      {
        tenant_id: tenant.id,
        email,
        name,
        role: "owner",
        platform_admin: isPlatformAdmin,
        password_hash: await service.passwords.hash(client, password),
      },
      now,
    );
    await service.database.transaction(async (sql) => {
      if (isPlatformAdmin && !(await lacksPlatformAdmin(sql, { lock: true })))
        throw new Problem("forbidden", "the setup link has already been used; sign in instead");
      await service.tables.tenants.insertRow(sql, tenant);
      await service.tables.users.insertRow(sql, user);
    });
    return { tenant, user };
  });
}
