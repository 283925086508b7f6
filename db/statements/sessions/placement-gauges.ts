import type { Sql } from "../../database.ts";

export interface PlacementGauges {
  readonly phases: readonly { readonly phase: string; readonly count: number }[];
  /** Sessions that want something done and that no living node runs. */
  readonly unowned: number;
  /** Nodes that ended without letting go, by what was noted of it. */
  readonly fenced: readonly { readonly reason: string; readonly count: number }[];
}

/** Where the sessions of the whole system are, and how nodes have ended. */
export async function readPlacementGauges(sql: Sql): Promise<PlacementGauges> {
  const phases = await sql.all<{ phase: string; count: number }>(
    "SELECT phase, count(*) AS count FROM placements GROUP BY phase",
  );
  const unowned = await sql.all<{ count: number }>(
    `SELECT count(*) AS count FROM placements p WHERE p.desired <> 'stopped'
       AND (p.owner_incarnation IS NULL OR NOT EXISTS (SELECT 1 FROM nodes n WHERE n.incarnation = p.owner_incarnation AND n.status <> 'dead'))`,
  );
  const fenced = await sql.all<{ reason: string; count: number }>(
    "SELECT dead_reason AS reason, count(*) AS count FROM nodes WHERE status = 'dead' AND dead_reason IN ('expired', 'host-lock') GROUP BY dead_reason",
  );
  return { phases, unowned: unowned[0]!.count, fenced };
}
