/** Permissions, and roles as sets of them. A route requires one permission, which only a role or an API key grants. */
import { z } from "zod";

export const PERMISSIONS = [
  "session:read",
  "session:write",
  "session:pair",
  "message:read",
  "message:send",
  "profile:read",
  "profile:write",
  "call:write",
  "chat:read",
  "chat:write",
  "contact:read",
  "contact:write",
  "status:read",
  "status:write",
  "channel:read",
  "channel:write",
  "catalog:read",
  "catalog:write",
  "label:read",
  "label:write",
  "group:read",
  "group:write",
  "presence:read",
  "presence:write",
  "webhook:read",
  "webhook:write",
  "event:read",
  "analytics:read",
  "backup:read",
  "backup:write",
  "user:read",
  "user:write",
  "api-key:read",
  "api-key:write",
  "tenant:read",
  "tenant:write",
  "audit:read",
  "sandbox:read",
  "sandbox:write",
  "health:read",
  "platform:admin",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The permissions that an API key may have: all but `platform:admin`. */
export const Scope = z.enum(PERMISSIONS.filter((permission) => permission !== "platform:admin"));

export const Role = z.enum(["owner", "admin", "operator", "viewer"]);
export type Role = z.infer<typeof Role>;

const TENANT_WIDE = PERMISSIONS.filter((permission) => permission !== "platform:admin");
const READ_ONLY = TENANT_WIDE.filter((permission) => permission.endsWith(":read"));
const ADMINISTRATIVE = new Set<Permission>([
  "user:read",
  "user:write",
  "api-key:read",
  "api-key:write",
  "audit:read",
  "backup:read",
  "backup:write",
  "tenant:write",
]);

export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: TENANT_WIDE,
  admin: TENANT_WIDE,
  operator: TENANT_WIDE.filter((permission) => !ADMINISTRATIVE.has(permission)),
  viewer: READ_ONLY.filter((permission) => !ADMINISTRATIVE.has(permission)),
};

/** The permissions of a user. */
export function permissionsOf(role: Role, platformAdmin: boolean): readonly Permission[] {
  return platformAdmin ? [...ROLE_PERMISSIONS[role], "platform:admin"] : ROLE_PERMISSIONS[role];
}

/** The caller: created by the auth service from a valid credential and passed in `ctx.meta.principal`. */
export interface Principal {
  readonly tenantId: string;
  readonly userId: string | null;
  readonly apiKeyId: string | null;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  /** The ids of the sessions that an API key is limited to; null for every session of the tenant. */
  readonly sessions: readonly string[] | null;
}
