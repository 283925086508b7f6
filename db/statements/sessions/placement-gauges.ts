import type { Sql } from "../../database.ts";

export interface PlacementGauges {
  readonly phases: readonly { readonly phase: string; readonly count: number }[];
  /** Live nodes, by state. */
  readonly nodes: readonly { readonly state: string; readonly count: number }[];
  /** Sessions that should not be stopped, but that no live node owns. */
  readonly unowned: number;
}

/** Counts placements by phase, live nodes by state, and sessions without an owner. */
export async function readPlacementGauges(sql: Sql): Promise<PlacementGauges> {
  const phases = await sql.all<{ phase: string; count: number }>(
    "SELECT phase, count(*) AS count FROM placements GROUP BY phase",
  );
  const nodes = await sql.all<{ state: string; count: number }>(
    "SELECT status AS state, count(*) AS count FROM nodes WHERE status <> 'dead' GROUP BY status",
  );
  const unowned = await sql.all<{ count: number }>(
    `SELECT count(*) AS count FROM placements p WHERE p.desired <> 'stopped'
       AND (p.owner_incarnation IS NULL OR NOT EXISTS
         (SELECT 1 FROM nodes n WHERE n.incarnation = p.owner_incarnation AND n.status <> 'dead'))`,
  );
  return { phases, nodes, unowned: unowned[0]!.count };
}
