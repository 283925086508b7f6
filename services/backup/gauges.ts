/** Times of the latest backup. Before the first one the metrics are absent, which alerts find with `absent()`. */
import { readBackupGauges } from "../../db/statements/analytics/system-gauges.ts";
import { setGauges } from "../../metrics/metrics.ts";
import { gaugesMixin } from "../../mixins/gauges.mixin.ts";

const toReadings = (at: number | null) => (at === null ? [] : [[{}, at / 1_000] as const]);

export const backupGauges = gaugesMixin(async (broker, database) => {
  const { finished, verified } = await readBackupGauges(database);
  setGauges(broker, "backup_last_success_timestamp_seconds", toReadings(finished));
  setGauges(broker, "backup_last_verified_timestamp_seconds", toReadings(verified));
});
