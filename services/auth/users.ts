/** The rules of a tenant's users: an owner is only made, changed or removed by an owner, and the last one stays. */
import { Problem } from "../../contracts/errors.ts";
import { ROLE_PERMISSIONS, type Principal, type Role } from "../../contracts/permissions.ts";
import type { Database, Sql } from "../../db/database.ts";
import type { Table } from "../../db/models/table.ts";
import type { UserRow } from "../../db/models/user.ts";
import { countOtherOwners, deleteUser, saveUser } from "../../db/statements/identity/change-user.ts";
import { lockTenant } from "../../db/statements/identity/lock-tenant.ts";
import { revokeLogins } from "../../db/statements/identity/logins.ts";

export interface UserChanges {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
}

/**
 * Only who has all that a role gives reaches its users: whoever sets a user's role or password can be that user. A caller who
 * is limited to sessions reaches none, since users are not.
 */
export function requireReach(principal: Principal, ...roles: readonly Role[]): void {
  const isOwner = principal.role === "owner" || principal.permissions.includes("platform:admin");
  if (roles.includes("owner") && !isOwner)
    throw new Problem("forbidden", "only an owner can create, change or delete an owner");
  if (principal.sessions !== null)
    throw new Problem("forbidden", "a key that is limited to sessions cannot create, change or delete users");
  const beyond = roles
    .flatMap((role) => ROLE_PERMISSIONS[role])
    .find((permission) => !principal.permissions.includes(permission));
  if (beyond !== undefined) throw new Problem("forbidden", `the user has ${beyond}, which you do not have`);
}

/** The same for a user that is there: who administers the platform is beyond the reach of the tenant's other owners. */
function requireReachOf(principal: Principal, user: UserRow, ...roles: readonly Role[]): void {
  requireReach(principal, user.role, ...roles);
  if (user.platformAdmin && !principal.permissions.includes("platform:admin"))
    throw new Problem("forbidden", "only an administrator of the platform can change or delete one");
}

async function requireAnotherOwner(sql: Sql, user: UserRow): Promise<void> {
  if (user.role !== "owner" || user.disabled) return;
  if ((await countOtherOwners(sql, user.tenantId, user.id)) === 0)
    throw new Problem("conflict", "the tenant needs an owner who can sign in, and this is the last one");
}

export interface UserRequest {
  readonly principal: Principal;
  readonly id: string;
  readonly expectedVersion?: number | undefined;
}

/** A change that another one overtook is tried again on the newer row, unless a certain version was asked for. */
const TRIES = 5;

/** Reads the user and works on it in a transaction; `work` answers false when the row was no longer as it was read. */
async function withUser(
  database: Database,
  users: Table<UserRow>,
  request: UserRequest,
  work: (sql: Sql, user: UserRow) => Promise<boolean>,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const user = await users.get(request.principal.tenantId, request.id);
    if (request.expectedVersion !== undefined && request.expectedVersion !== user.version)
      throw new Problem("precondition_failed");
    const done = await database.transaction(async (sql) => {
      await lockTenant(sql, user.tenantId);
      return work(sql, user);
    });
    if (done) return;
  }
  throw new Problem("conflict", "the user was changed by others again and again; read it anew");
}

/** Changes a user; sign-ins end when the password changes or the user is disabled. */
export async function changeUser(
  database: Database,
  users: Table<UserRow>,
  request: UserRequest & { changes: UserChanges },
): Promise<UserRow> {
  await withUser(database, users, request, async (sql, user) => {
    requireReachOf(request.principal, user, request.changes.role ?? user.role);
    const changed = applyChanges(user, request.changes);
    if (changed.role !== "owner" || changed.disabled) await requireAnotherOwner(sql, user);
    if (!(await saveUser(sql, changed, Date.now()))) return false;
    if (changed.tokenVersion !== user.tokenVersion)
      await revokeLogins(sql, { tenantId: user.tenantId, userId: user.id }, "user_changed", Date.now());
    return true;
  });
  return users.get(request.principal.tenantId, request.id);
}

function applyChanges(user: UserRow, changes: UserChanges): UserRow {
  const disabled = changes.disabled ?? user.disabled;
  const endsLogins = changes.passwordHash !== undefined || (disabled && !user.disabled);
  return {
    ...user,
    name: changes.name ?? user.name,
    role: changes.role ?? user.role,
    disabled,
    passwordHash: changes.passwordHash ?? user.passwordHash,
    tokenVersion: user.tokenVersion + (endsLogins ? 1 : 0),
  };
}

/** Removes a user with its logins. */
export async function removeUser(database: Database, users: Table<UserRow>, request: UserRequest): Promise<void> {
  await withUser(database, users, request, async (sql, user) => {
    requireReachOf(request.principal, user);
    await requireAnotherOwner(sql, user);
    return deleteUser(sql, user);
  });
}
