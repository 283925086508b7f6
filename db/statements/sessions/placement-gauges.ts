import type { Sql } from "../../database.ts";

export interface PlacementGauges {
  readonly phases: readonly { readonly phase: string; readonly count: number }[];
  /** Sessions that should not be stopped, but that no live node owns. */
  readonly unowned: number;
  /** Nodes that died without releasing their sessions, by reason. */
  readonly fenced: readonly { readonly reason: string; readonly count: number }[];
}

/** Counts placements by phase, sessions without an owner, and nodes that died. */
export async function readPlacementGauges(sql: Sql): Promise<PlacementGauges> {
  const phases = await sql.all<{ phase: string; count: number }>(
    "SELECT phase, count(*) AS count FROM placements GROUP BY phase",
  );
  const unowned = await sql.all<{ count: number }>(
    `SELECT count(*) AS count FROM placements p WHERE p.desired <> 'stopped'
       AND (p.owner_incarnation IS NULL OR NOT EXISTS
         (SELECT 1 FROM nodes n WHERE n.incarnation = p.owner_incarnation AND n.status <> 'dead'))`,
  );
  const fenced = await sql.all<{ reason: string; count: number }>(
    `SELECT dead_reason AS reason, count(*) AS count FROM nodes
     WHERE status = 'dead' AND dead_reason IN ('expired', 'host-lock') GROUP BY dead_reason`,
  );
  return { phases, unowned: unowned[0]!.count, fenced };
}
