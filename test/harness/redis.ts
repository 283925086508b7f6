/** A real redis-server for one test, on a free port. */
import { spawn } from "node:child_process";
import { freePort } from "./port.ts";

export interface RedisServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a server and waits until it takes connections. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const server = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let output = "";
  server.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes("Ready to accept connections")) resolve();
  });
  server.once("error", () =>
    reject(new Error("redis-server is not installed; run `npm run setup`, or install the package redis-server")),
  );
  server.once("exit", (code) => reject(new Error(`redis-server ended with code ${code}: ${output}`)));
  const timer = setTimeout(() => reject(new Error(`redis-server did not get ready: ${output}`)), 10_000);
  await promise.finally(() => clearTimeout(timer));
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: server.pid!,
    stop: async () => {
      const gone = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await gone;
    },
  };
}
