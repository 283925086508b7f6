/**
 * What the user or the API key that set something up may read now. What was set up acts without a request, so its
 * maker's rights are looked up instead of a caller's.
 */
import { systemNow } from "../concurrency/clock.ts";
import type { AccessChange } from "../contracts/broadcasts.ts";
import { isProblem } from "../contracts/errors.ts";
import { PERMISSIONS, permissionsOf, type Principal } from "../contracts/permissions.ts";
import type { Sql } from "../db/database.ts";
import { findKeyLineage, findUserForCheck } from "../db/statements/identity/find-credentials.ts";
import { TtlCache } from "./caching/ttl-cache.ts";
import type { EventReaderRights } from "./event-scope.ts";
import { rightsOf } from "./key-lineage.ts";

/** The tenant and the maker's id; null for what was set up before makers were recorded. */
export interface Made {
  readonly tenantId: string;
  readonly createdBy: string | null;
}

interface Known {
  readonly rights: EventReaderRights | null;
  readonly expiresAt: number | null;
}

/** What belongs to the tenant as a whole reads everything of it. */
const OF_TENANT: EventReaderRights = { permissions: PERMISSIONS, sessions: null };

/** The id under which a caller is recorded as a maker. */
export function makerOf({ userId, apiKeyId }: Principal): string | null {
  return userId ?? apiKeyId;
}

export class Makers {
  readonly #sql: Sql;
  readonly #known = new TtlCache<Known>(({ expiresAt }) => expiresAt ?? Infinity);

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The maker's rights; null when the user was deleted or disabled, or the key was revoked or has expired. */
  async rightsOf({ tenantId, createdBy }: Made): Promise<EventReaderRights | null> {
    if (createdBy === null) return OF_TENANT;
    return (await this.#known.get(`${tenantId} ${createdBy}`, () => this.#find(tenantId, createdBy))).rights;
  }

  /** Drops what the change may affect. */
  forget({ tenantId }: AccessChange): void {
    this.#known.forget((_known, key) => key.startsWith(`${tenantId} `));
  }

  async #find(tenantId: string, makerId: string): Promise<Known> {
    const user = await findUserForCheck(this.#sql, tenantId, makerId);
    if (user !== undefined) {
      const permissions = permissionsOf(user.role, user.platform_admin === 1);
      return { rights: user.disabled === 1 ? null : { permissions, sessions: null }, expiresAt: null };
    }
    const lineage = await findKeyLineage(this.#sql, { id: makerId });
    if (lineage[0]?.tenant_id !== tenantId) return { rights: null, expiresAt: null };
    try {
      // The address from which a key may be used does not matter here: the key is not used.
      const rights = rightsOf(lineage, undefined, systemNow());
      return { rights, expiresAt: rights.expiresAt };
    } catch (error) {
      if (!isProblem(error)) throw error;
      return { rights: null, expiresAt: null };
    }
  }
}
