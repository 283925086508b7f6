/** Gauges of the whole cluster, from the database. */
import { readPlacementGauges } from "../../db/statements/sessions/placement-gauges.ts";
import { gauge } from "../../metrics/metrics.ts";
import { gaugesMixin } from "../../mixins/gauges.mixin.ts";

export const clusterGauges = gaugesMixin(async (broker, database) => {
  const { phases, nodes, unowned } = await readPlacementGauges(database);
  const counts = new Map(phases.map(({ phase, count }) => [phase, count]));
  for (const phase of ["idle", "starting", "running"]) gauge(broker, "wa_sessions", { phase }, counts.get(phase) ?? 0);
  const live = new Map(nodes.map(({ state, count }) => [state, count]));
  for (const state of ["up", "draining", "stopping"]) gauge(broker, "wa_nodes", { state }, live.get(state) ?? 0);
  gauge(broker, "wa_sessions_unowned", {}, unowned);
});
