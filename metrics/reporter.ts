/** Serves this process's metrics to Prometheus: those of metrics-table.ts, and Moleculer's own. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { MetricReporters, type MetricRegistry } from "moleculer";
import { Registry, type Metric } from "prom-client";
import { metricsOf } from "./metrics.ts";

type MoleculerMetric = Parameters<MetricRegistry["store"]["set"]>[1];

interface Snapshot {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value?: number;
  readonly sum?: number;
  readonly count?: number;
  /** Values up to each bound. */
  readonly buckets?: Readonly<Record<string, number>>;
}

const compress = promisify(gzip);

/**
 * Moleculer's reporter opens the port and selects metrics. Its text is not valid Prometheus: rates, means and quantiles
 * are mixed with the samples of counters and histograms, and buckets are out of order. So prom-client writes the text.
 */
export class PrometheusReporter extends MetricReporters.Prometheus {
  override init(registry: MetricRegistry): void {
    super.init(registry);
    this.server.on("error", (error) => this.broker.fatal("the metrics port cannot be opened", error, true));
  }

  override handler(request: IncomingMessage, response: ServerResponse): void {
    if (request.url !== "/metrics") return void response.writeHead(404).end();
    this.#answer(request, response).catch((error: unknown) => {
      this.logger.error("metrics cannot be exported", { error: String(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = `${await metricsOf(this.broker).text()}${await this.#frameworkText()}`.replaceAll("\n\n", "\n");
    response.setHeader("Content-Type", Registry.PROMETHEUS_CONTENT_TYPE);
    if (!String(request.headers["accept-encoding"]).includes("gzip")) return void response.end(text);
    response.setHeader("Content-Encoding", "gzip");
    response.end(await compress(text));
  }

  /** Moleculer's metrics that the configuration includes. */
  #frameworkText(): Promise<string> {
    const registry = new Registry();
    for (const metric of this.registry.store.values())
      if (metric.type !== "info" && this.matchMetricName(metric.name)) {
        const samples = metric.snapshot() as Snapshot[];
        if (samples.length > 0) registry.registerMetric(toFamily(metric, samples));
      }
    return registry.metrics();
  }
}

/** A Moleculer metric in the form in which prom-client's registry reads its own. */
function toFamily({ name: dotted, type, description, unit }: MoleculerMetric, samples: readonly Snapshot[]): Metric {
  const name = dotted.replaceAll(/[.-]/g, "_");
  const help = `${description ?? dotted}${unit === undefined ? "" : ` (${unit})`}`;
  const values = samples
    .flatMap((sample) => (type === "histogram" ? histogramValues(name, sample) : [sample]))
    .map(({ labels, ...value }) => ({ ...value, labels: withText(labels) }));
  const family = { name, help, type, get: async () => ({ name, help, type, values }) };
  return family as unknown as Metric;
}

function histogramValues(name: string, { labels, buckets = {}, sum = 0, count = 0 }: Snapshot) {
  const bounds = Object.entries(buckets).toSorted(([a], [b]) => Number(a) - Number(b));
  return [
    ...[...bounds, ["+Inf", count] as const].map(([le, value]) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le },
      value,
    })),
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}

/** Labels as text. Moleculer leaves those that a call does not have without a value. */
function withText(labels: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value ?? "")]));
}
