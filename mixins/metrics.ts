/** The system's own metrics, beside the framework's: one table of names, so that what is counted and what is documented are the same. */
import type { ServiceBroker } from "moleculer";

const METRICS = {
  "wpp.http.requests.total": { type: "counter", labelNames: ["route", "method", "status_class"], description: "Requests answered" },
  "wpp.http.request.duration.seconds": {
    type: "histogram",
    labelNames: ["route", "method"],
    description: "Time to the answer",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  "wpp.messages.accepted.total": { type: "counter", labelNames: [], description: "Messages accepted for sending" },
  "wpp.send.outcomes.total": {
    type: "counter",
    labelNames: ["outcome"],
    description: "What became of attempts to send: sent, rejected, not_sent, unknown, not_found",
  },
  "wpp.send.duration.seconds": {
    type: "histogram",
    labelNames: [],
    description: "From the claim to the outcome",
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120],
  },
  "wpp.sessions": { type: "gauge", labelNames: ["state"], description: "Sessions that run on this node" },
  "wpp.queue.depth": { type: "gauge", labelNames: ["status"], description: "Outbound messages that are not final, in the whole system" },
  "wpp.queue.oldest.age.seconds": { type: "gauge", labelNames: [], description: "Age of the oldest queued message" },
  "wpp.webhook.backlog": { type: "gauge", labelNames: [], description: "Deliveries that wait for an attempt" },
  "wpp.eventloop.delay.seconds": { type: "gauge", labelNames: ["quantile"], description: "Delay of the event loop since the last sample" },
  "wpp.memory.bytes": { type: "gauge", labelNames: ["kind"], description: "Memory of the process: rss, heap_used, heap_limit, external" },
  "wpp.thread.heap.bytes": { type: "gauge", labelNames: ["thread"], description: "Heap in use by each thread of session actors" },
} as const;

export type MetricName = keyof typeof METRICS;
type Labels = Readonly<Record<string, string>>;

const registered = new WeakSet<ServiceBroker>();

/** Makes the metrics known to the broker, once. They cost nothing while metrics are off. */
function register(broker: ServiceBroker): void {
  if (registered.has(broker)) return;
  registered.add(broker);
  for (const [name, { type, labelNames, description, ...rest }] of Object.entries(METRICS)) {
    const common = { name, description, labelNames: [...labelNames] };
    if (type === "counter") broker.metrics.register({ ...common, type });
    else if (type === "gauge") broker.metrics.register({ ...common, type });
    // Without quantiles the reporter leaves out the sum and the count.
    else broker.metrics.register({ ...common, type, buckets: "buckets" in rest ? [...rest.buckets] : true, quantiles: true });
  }
}

/** Adds to a counter. */
export function count(broker: ServiceBroker, name: MetricName, labels: Labels = {}, by = 1): void {
  if (!broker.isMetricsEnabled()) return;
  register(broker);
  broker.metrics.increment(name, labels, by);
}

/** Sets a gauge. */
export function gauge(broker: ServiceBroker, name: MetricName, value: number, labels: Labels = {}): void {
  if (!broker.isMetricsEnabled()) return;
  register(broker);
  broker.metrics.set(name, value, labels);
}

/** Notes a value of a histogram. */
export function observe(broker: ServiceBroker, name: MetricName, value: number, labels: Labels = {}): void {
  if (!broker.isMetricsEnabled()) return;
  register(broker);
  broker.metrics.observe(name, value, labels);
}
