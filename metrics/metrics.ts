/** Counting, for the table in metrics-table.ts. While metrics are off a call is one comparison. */
import type { ServiceBroker } from "moleculer";
import { Buckets } from "./buckets.ts";
import { METRICS, type LabelsOf, type NameOf } from "./metrics-table.ts";

const registered = new WeakSet<ServiceBroker>();

/**
 * Makes the metrics known to the broker, once. Counters of the services here begin with 0, because Prometheus sees no rise in a
 * series that begins with its first event. The health service begins its own, of what there is in this process.
 */
function register(broker: ServiceBroker): void {
  if (registered.has(broker)) return;
  registered.add(broker);
  const services = new Set(broker.options.wpp?.services);
  for (const [name, { type, of, help, labels, buckets }] of Object.entries(METRICS)) {
    const common = { name, description: help, labelNames: [...labels] };
    if (type === "histogram") broker.metrics.store.set(name, new Buckets(common, buckets, broker.metrics));
    else if (type === "gauge") broker.metrics.register({ ...common, type });
    else {
      broker.metrics.register({ ...common, type });
      if (labels.length === 0 && of !== "health" && services.has(of)) broker.metrics.increment(name, {}, 0);
    }
  }
}

/** Adds to a counter. */
export function count<N extends NameOf<"counter">>(broker: ServiceBroker, name: N, labels: LabelsOf<N>, by = 1): void {
  if (!broker.isMetricsEnabled()) return;
  register(broker);
  broker.metrics.increment(name, labels, by);
}

/** Sets a counter to what was counted elsewhere, such as by the database or the kernel. */
export function recount<N extends NameOf<"counter">>(
  broker: ServiceBroker,
  name: N,
  labels: LabelsOf<N>,
  total: number,
): void {
  if (!broker.isMetricsEnabled()) return;
  register(broker);
  broker.metrics.set(name, total, labels);
}

/** Sets a gauge. */
export function gauge<N extends NameOf<"gauge">>(
  broker: ServiceBroker,
  name: N,
  labels: LabelsOf<N>,
  value: number,
): void {
  if (!broker.isMetricsEnabled()) return;
  register(broker);
  broker.metrics.set(name, value, labels);
}

/** Sets a gauge for all values of its labels: what is not named is not exported any more. */
export function gauges<N extends NameOf<"gauge">>(
  broker: ServiceBroker,
  name: N,
  readings: readonly (readonly [LabelsOf<N>, number])[],
): void {
  if (!broker.isMetricsEnabled()) return;
  register(broker);
  broker.metrics.getMetric(name)?.clear();
  for (const [labels, value] of readings) broker.metrics.set(name, value, labels);
}

/** Notes a value of a histogram. */
export function observe<N extends NameOf<"histogram">>(
  broker: ServiceBroker,
  name: N,
  labels: LabelsOf<N>,
  value: number,
): void {
  if (!broker.isMetricsEnabled()) return;
  register(broker);
  broker.metrics.observe(name, value, labels);
}
