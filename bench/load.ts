/** Load from this process: a number of connections, each of which sends its next request after each response. */
import { Pool } from "undici";

export interface LoadRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly connections: number;
  /** ms. */
  readonly duration: number;
  readonly expectedStatus: number;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Latencies in ms. */
  readonly p50: number;
  readonly p99: number;
  readonly count: number;
}

/** Keeps the connections busy for the duration, after a warm-up of a fifth of it. */
export async function applyLoad(request: LoadRequest): Promise<LoadResult> {
  const pool = new Pool(request.origin, { connections: request.connections, pipelining: 1 });
  const { path, method, headers = {}, body } = request;
  const ask = async () => {
    const answer = await pool.request({ path, method, headers, ...(body === undefined ? {} : { body }) });
    await answer.body.dump();
    if (answer.statusCode !== request.expectedStatus)
      throw new Error(`${method} ${path} answered ${answer.statusCode}`);
  };
  const latencies: number[] = [];
  const drive = async (until: number, keep: boolean) => {
    while (performance.now() < until) {
      const begin = performance.now();
      await ask();
      if (keep) latencies.push(performance.now() - begin);
    }
  };
  const phase = async (ms: number, keep: boolean) => {
    const until = performance.now() + ms;
    await Promise.all(Array.from({ length: request.connections }, () => drive(until, keep)));
  };
  await phase(request.duration / 5, false);
  const begin = performance.now();
  await phase(request.duration, true);
  const seconds = (performance.now() - begin) / 1_000;
  await pool.close();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(share * (latencies.length - 1))] ?? 0;
  return { perSecond: latencies.length / seconds, p50: at(0.5), p99: at(0.99), count: latencies.length };
}
