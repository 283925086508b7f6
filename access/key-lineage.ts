/**
 * What a key may do: what is left of its own bounds within those of the key that made it, and so on, up to the user who
 * made the first. A key is thus never more than its makers are now, and ends with them: with a key's revocation or
 * expiry, and with the disabling or deletion of the user.
 */
import ipaddr from "ipaddr.js";
import { Problem } from "../contracts/errors.ts";
import { permissionsOf, type Permission } from "../contracts/permissions.ts";
import type { CheckedKey } from "../db/statements/identity/find-credentials.ts";

export interface KeyRights {
  readonly permissions: readonly Permission[];
  /** Session ids; null for all. */
  readonly sessions: readonly string[] | null;
  /** Unix ms; null for never. */
  readonly expiresAt: number | null;
  /** The ids of the key and of its makers. */
  readonly dependsOn: readonly string[];
}

/**
 * The rights of the first key of the lineage. Throws `unauthenticated` when it, or one of its makers, is no longer
 * valid, and `forbidden` when one of them is not allowed from the address; undefined skips that check.
 */
export function rightsOf(lineage: readonly CheckedKey[], ip: string | null | undefined, now: number): KeyRights {
  for (const [generation, key] of lineage.entries()) requireValid(key, generation, ip, now);
  const first = lineage.at(-1)!;
  const makers = requireMaker(first);
  const scopes = lineage.map(({ scopes }) => JSON.parse(scopes) as Permission[]);
  const sessions = lineage.flatMap(({ sessions }) => (sessions === null ? [] : [JSON.parse(sessions) as string[]]));
  const ends = lineage.flatMap(({ expires_at }) => (expires_at === null ? [] : [expires_at]));
  return {
    permissions: intersect(makers === null ? scopes : [...scopes, makers]),
    sessions: sessions.length === 0 ? null : intersect(sessions),
    expiresAt: ends.length === 0 ? null : Math.min(...ends),
    dependsOn: [...lineage.map(({ id }) => id), ...(first.created_by === null ? [] : [first.created_by])],
  };
}

function requireValid(key: CheckedKey, generation: number, ip: string | null | undefined, now: number): void {
  const name = generation === 0 ? "the API key" : "the API key that made this one";
  if (key.revoked_at !== null)
    throw new Problem("unauthenticated", generation === 0 ? `${name} is not valid` : `${name} was revoked`);
  if (key.expires_at !== null && key.expires_at <= now) throw new Problem("unauthenticated", `${name} has expired`);
  if (ip !== undefined && key.ip_allow !== null && !isAllowed(ip, JSON.parse(key.ip_allow) as string[]))
    throw new Problem("forbidden", `${name} is not allowed from this address`);
}

/** The permissions of the user who made the first key; null for a key from before makers were recorded. */
function requireMaker({ created_by, role, platform_admin, disabled }: CheckedKey): readonly Permission[] | null {
  if (created_by === null) return null;
  if (role === null || disabled === 1)
    throw new Problem("unauthenticated", "the user who made the API key was deleted or disabled");
  return permissionsOf(role, platform_admin === 1);
}

function intersect<T>([first = [], ...others]: readonly (readonly T[])[]): T[] {
  return first.filter((item) => others.every((other) => other.includes(item)));
}

function isAllowed(ip: string | null, ranges: readonly string[]): boolean {
  if (ip === null || !ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return ranges.some((range) => {
    const [base, bits] = ipaddr.parseCIDR(range);
    return base.kind() === address.kind() && address.match(base, bits);
  });
}

/** True when every address of the range is in one of the others. */
export function isRangeWithin(range: string, others: readonly string[]): boolean {
  const [base, bits] = ipaddr.parseCIDR(range);
  return others.some((other) => {
    const [outer, outerBits] = ipaddr.parseCIDR(other);
    return outer.kind() === base.kind() && outerBits <= bits && base.match(outer, outerBits);
  });
}
