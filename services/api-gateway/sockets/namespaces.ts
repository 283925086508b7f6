/** The namespaces of Socket.io: which events each carries, and who may join it. */
import { Problem } from "../../../contracts/errors.ts";
import type { Permission, Principal } from "../../../contracts/permissions.ts";

export interface NamespaceRule {
  readonly name: "/" | "/sessions" | "/analytics" | "/admin" | "stream:websocket" | "stream:sse";
  /** Event patterns that it carries. */
  readonly types: readonly string[];
  readonly permission: Permission;
  /** For owners and admins only. */
  readonly admins?: true;
}

export const NAMESPACES: readonly NamespaceRule[] = [
  { name: "/", types: ["*"], permission: "event:read" },
  { name: "/sessions", types: ["session.*"], permission: "session:read" },
  { name: "/analytics", types: ["analytics.*", "quota.*"], permission: "analytics:read" },
  {
    name: "/admin",
    types: ["backup.*", "webhook.*", "quota.*", "system.*", "node.*", "session.moved"],
    permission: "health:read",
    admins: true,
  },
];

/** Throws `forbidden` when the caller may not join the namespace. */
export function requireNamespace(rule: NamespaceRule, principal: Principal): void {
  if (!principal.permissions.includes(rule.permission))
    throw new Problem("forbidden", `the namespace ${rule.name} requires ${rule.permission}`);
  const isAdmin =
    principal.role === "owner" || principal.role === "admin" || principal.permissions.includes("platform:admin");
  if (rule.admins === true && !isAdmin)
    throw new Problem("forbidden", `the namespace ${rule.name} is for owners and admins`);
}
