/** Gives a service gauges that are read at every scrape of the metrics port, while the service runs. */
import type { ServiceBroker, ServiceSchema } from "moleculer";
import type { Database } from "../db/database.ts";
import { onScrape } from "../metrics/metrics.ts";

/** @param read sets the gauges; when it fails they keep their values. Needs the database mixin beside it. */
export function gaugesMixin(
  read: (broker: ServiceBroker, database: Database) => Promise<void>,
): Partial<ServiceSchema> {
  return {
    started() {
      this.removeGauges = onScrape(this.broker, () => read(this.broker, this.database));
    },
    stopped() {
      this.removeGauges?.();
    },
  };
}
