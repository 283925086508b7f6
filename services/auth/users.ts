/** The rules for a tenant's users: only owners create, change or remove owners, and the last owner stays. */
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import { ROLE_PERMISSIONS, type Principal, type Role } from "../../contracts/permissions.ts";
import type { Database, Sql, Transaction } from "../../db/database.ts";
import type { UserRow } from "../../db/models/user.ts";
import { countOtherOwners } from "../../db/statements/identity/users.ts";
import { revokeKeysMadeBy } from "../../db/statements/identity/find-credentials.ts";
import { lockTenant } from "../../db/statements/identity/lock-tenant.ts";
import { revokeLogins } from "../../db/statements/identity/logins.ts";
import type { TableAdapter } from "../../mixins/table-adapter.ts";

export interface UserChanges {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
}

/**
 * Requires every permission of the roles: someone who sets a user's role or password can act as that user. A caller
 * limited to sessions may change no user, since users are not.
 */
export function requireReach(principal: Principal, ...roles: readonly Role[]): void {
  const isOwner = principal.role === "owner" || principal.permissions.includes("platform:admin");
  if (roles.includes("owner") && !isOwner)
    throw new Problem("forbidden", "only an owner can create, change or delete an owner");
  if (principal.sessions !== null)
    throw new Problem("forbidden", "a key that is limited to sessions cannot create, change or delete users");
  const missing = roles
    .flatMap((role) => ROLE_PERMISSIONS[role])
    .find((permission) => !principal.permissions.includes(permission));
  if (missing !== undefined) throw new Problem("forbidden", `the user has ${missing}, which you do not have`);
}

/**
 * A user outlives every key, so a key can neither make one nor give one more than it has: that would be a credential
 * that does not end with the key.
 */
export function requireUserFor(principal: Principal, { role, disabled, passwordHash }: UserChanges): void {
  if (principal.apiKeyId === null) return;
  if (role !== undefined || passwordHash !== undefined || disabled === false)
    throw new Problem(
      "forbidden",
      "an API key cannot create or enable users, or set their role or password, because they outlive it; sign in",
    );
}

/** `requireReach` for an existing user: other owners of the tenant may not change a platform administrator. */
function requireReachOf(principal: Principal, user: UserRow, ...roles: readonly Role[]): void {
  requireReach(principal, user.role, ...roles);
  if (user.platform_admin && !principal.permissions.includes("platform:admin"))
    throw new Problem("forbidden", "only a platform administrator can change or delete another one");
}

async function requireAnotherOwner(sql: Sql, user: UserRow): Promise<void> {
  if (user.role !== "owner" || user.disabled) return;
  if ((await countOtherOwners(sql, user.tenant_id, user.id)) === 0)
    throw new Problem("conflict", "the tenant needs an owner who can sign in, and this is the last one");
}

export interface UserRequest {
  readonly principal: Principal;
  readonly id: string;
  readonly expectedVersion?: number | undefined;
}

/** Attempts at a change that conflicts with concurrent ones; one attempt when the client named a version. */
const TRIES = 5;

/** Reads the user and runs `work` in a transaction. `work` returns false if the row has changed since it was read. */
async function withUser(
  database: Database,
  users: TableAdapter<UserRow>,
  request: UserRequest,
  work: (sql: Transaction, user: UserRow) => Promise<boolean>,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const user = await users.requireRow(request.principal.tenantId, request.id);
    if (request.expectedVersion !== undefined && request.expectedVersion !== user.version)
      throw new Problem("precondition_failed");
    const done = await database.transaction(async (sql) => {
      await lockTenant(sql, user.tenant_id);
      return work(sql, user);
    });
    if (done) return;
  }
  throw new Problem("conflict", "concurrent requests kept changing the user; read it again and retry");
}

/** Changes a user. Changing the password or disabling the user ends all logins. */
export async function changeUser(
  database: Database,
  users: TableAdapter<UserRow>,
  request: UserRequest & { changes: UserChanges },
): Promise<UserRow> {
  await withUser(database, users, request, async (sql, user) => {
    requireReachOf(request.principal, user, request.changes.role ?? user.role);
    requireUserFor(request.principal, request.changes);
    const changes = toRowChanges(user, request.changes);
    if (changes.role !== "owner" || changes.disabled) await requireAnotherOwner(sql, user);
    if (!(await users.changeRow(user.tenant_id, user.id, changes, { version: user.version, sql }))) return false;
    if (changes.token_version !== user.token_version)
      await revokeLogins(sql, { tenantId: user.tenant_id, userId: user.id }, "user_changed", systemNow());
    return true;
  });
  return users.requireRow(request.principal.tenantId, request.id);
}

type ChangeableColumns = Pick<UserRow, "name" | "role" | "disabled" | "password_hash" | "token_version" | "updated_at">;

function toRowChanges(user: UserRow, changes: UserChanges): ChangeableColumns {
  const disabled = changes.disabled ?? user.disabled;
  const endsLogins = changes.passwordHash !== undefined || (disabled && !user.disabled);
  return {
    name: changes.name ?? user.name,
    role: changes.role ?? user.role,
    disabled,
    password_hash: changes.passwordHash ?? user.password_hash,
    token_version: user.token_version + (endsLogins ? 1 : 0),
    updated_at: systemNow(),
  };
}

/** Removes a user with all logins, and revokes the keys that the user has made. */
export async function removeUser(
  database: Database,
  users: TableAdapter<UserRow>,
  request: UserRequest,
): Promise<void> {
  await withUser(database, users, request, async (sql, user) => {
    requireReachOf(request.principal, user);
    await requireAnotherOwner(sql, user);
    await revokeKeysMadeBy(sql, user.tenant_id, user.id, systemNow());
    return users.removeRow(user.tenant_id, user.id, { version: user.version, sql });
  });
}
