import type { TenantRow } from "../../models/tenant.ts";
import type { UserRow } from "../../models/user.ts";
import type { Sql } from "../../database.ts";

/** Writes a tenant and its first user. The caller maps a unique violation of the e-mail address. */
export async function foundTenant(sql: Sql, tenant: TenantRow, owner: UserRow): Promise<void> {
  await sql.run(
    "INSERT INTO tenants (id, name, plan, status, quotas, settings, version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
    [
      tenant.id,
      tenant.name,
      tenant.plan,
      tenant.status,
      JSON.stringify(tenant.quotas),
      JSON.stringify(tenant.settings),
      tenant.version,
      tenant.createdAt,
    ],
  );
  await sql.run(
    `INSERT INTO users (id, tenant_id, email, name, role, platform_admin, password_hash, token_version, disabled, version, last_login_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, NULL, $9, $9)`,
    [
      owner.id,
      owner.tenantId,
      owner.email,
      owner.name,
      owner.role,
      Number(owner.platformAdmin),
      owner.passwordHash,
      owner.version,
      owner.createdAt,
    ],
  );
}

const FIRST_RUN_LOCK = 7_170_002;

/** True when the installation has no platform administrator yet. In a transaction the answer holds until it ends. */
export async function lacksPlatformAdmin(sql: Sql, options: { hold: boolean }): Promise<boolean> {
  if (options.hold && sql.dialect === "postgres") await sql.all("SELECT pg_advisory_xact_lock($1)", [FIRST_RUN_LOCK]);
  return (await sql.all("SELECT 1 AS one FROM users WHERE platform_admin = 1 LIMIT 1")).length === 0;
}
