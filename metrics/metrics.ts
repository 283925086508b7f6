/**
 * Records values of the metrics in metrics-table.ts. Without a metrics port each function returns after one comparison.
 */
import type { ServiceBroker } from "moleculer";
import { MetricSet, type Collector } from "./metric-set.ts";
import { METRICS, type LabelsOf, type NameOf } from "./metrics-table.ts";

const sets = new WeakMap<ServiceBroker, MetricSet>();

/** The broker's metrics, created on first use. */
export function metricsOf(broker: ServiceBroker): MetricSet {
  const known = sets.get(broker);
  if (known !== undefined) return known;
  const created = new MetricSet((error) => broker.logger.warn("metrics were not updated", { error: String(error) }));
  sets.set(broker, created);
  startCounters(broker, created);
  return created;
}

/**
 * Counters without labels start at 0, because Prometheus sees no increase in a series that starts with its first event.
 * The health service starts its own: some depend on what the process has, such as NATS.
 */
function startCounters(broker: ServiceBroker, set: MetricSet): void {
  const services = new Set(broker.options.wpp?.services);
  for (const [name, { type, of, labels }] of Object.entries(METRICS))
    if (type === "counter" && labels.length === 0 && of !== "health" && services.has(of))
      set.counter(name as NameOf<"counter">);
}

/** Adds to a counter. */
export function count<N extends NameOf<"counter">>(broker: ServiceBroker, name: N, labels: LabelsOf<N>, by = 1): void {
  if (broker.isMetricsEnabled()) metricsOf(broker).counter(name).inc(labels, by);
}

/** Replaces all series of a counter with totals that were counted elsewhere, such as by the database or the kernel. */
export function setTotals<N extends NameOf<"counter">>(
  broker: ServiceBroker,
  name: N,
  totals: readonly (readonly [LabelsOf<N>, number])[],
): void {
  if (!broker.isMetricsEnabled()) return;
  const counter = metricsOf(broker).counter(name);
  counter.reset();
  for (const [labels, total] of totals) counter.inc(labels, total);
}

/** Sets a gauge. */
export function gauge<N extends NameOf<"gauge">>(
  broker: ServiceBroker,
  name: N,
  labels: LabelsOf<N>,
  value: number,
): void {
  if (broker.isMetricsEnabled()) metricsOf(broker).gauge(name).set(labels, value);
}

/** Replaces all series of a gauge; without readings the gauge is no longer exported. */
export function setGauges<N extends NameOf<"gauge">>(
  broker: ServiceBroker,
  name: N,
  readings: readonly (readonly [LabelsOf<N>, number])[],
): void {
  if (!broker.isMetricsEnabled()) return;
  const set = metricsOf(broker);
  set.removeGauge(name);
  for (const [labels, value] of readings) set.gauge(name).set(labels, value);
}

/** Records a value in a histogram. */
export function observe<N extends NameOf<"histogram">>(
  broker: ServiceBroker,
  name: N,
  labels: LabelsOf<N>,
  value: number,
): void {
  if (broker.isMetricsEnabled()) metricsOf(broker).histogram(name).observe(labels, value);
}

/** Runs the collector at every scrape, so that its gauges are current; returns the function that removes it. */
export function onScrape(broker: ServiceBroker, collect: Collector): () => void {
  return broker.isMetricsEnabled() ? metricsOf(broker).onScrape(collect) : () => undefined;
}
