/** Rows as the API returns them, without hashes. */
import type { Login } from "../../contracts/routes/auth.ts";
import type { ApiKey, AuditEntry, User } from "../../contracts/routes/user.ts";
import type { ApiKeyRow } from "../../db/models/api-key.ts";
import type { UserRow } from "../../db/models/user.ts";
import type { AuditRow } from "../../db/statements/identity/append-audit.ts";
import type { LoginRow } from "../../db/statements/identity/logins.ts";

function time(at: number): string {
  return new Date(at).toISOString();
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : time(at);
}

export function viewUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    platformAdmin: row.platform_admin,
    disabled: row.disabled,
    lastLoginAt: timeOrNull(row.last_login_at),
    createdAt: time(row.created_at),
    updatedAt: time(row.updated_at),
  };
}

export function viewApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: `wpp_${row.public_id}`,
    scopes: [...row.scopes] as ApiKey["scopes"],
    sessions: row.sessions === null ? null : [...row.sessions],
    ipAllow: row.ip_allow === null ? null : [...row.ip_allow],
    expiresAt: timeOrNull(row.expires_at),
    createdBy: row.created_by,
    lastUsedAt: timeOrNull(row.last_used_at),
    createdAt: time(row.created_at),
  };
}

export function viewLogin(row: LoginRow, currentId: string | null): Login {
  return {
    id: row.id,
    current: row.id === currentId,
    userAgent: row.user_agent,
    ip: row.ip,
    createdAt: time(row.created_at),
    lastUsedAt: time(row.rotated_at),
    expiresAt: time(row.expires_at),
  };
}

export function viewAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: time(row.at),
    actor: JSON.parse(row.actor) as AuditEntry["actor"],
    action: row.action,
    target: row.target,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    requestId: row.request_id,
  };
}
