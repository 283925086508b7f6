/** A real nats-server for one test, on a free port. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

export interface NatsServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server, on a free port unless one is given, and waits until it listens. */
export async function startNats(port = -1): Promise<NatsServer> {
  const program = ["/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server"].find((path) =>
    existsSync(path),
  );
  if (program === undefined)
    throw new Error("nats-server is not installed; run `npm run setup`, or install the package nats-server");
  const server = spawn(program, ["-a", "127.0.0.1", "-p", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let output = "";
  server.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    const address = /Listening for client connections on (\S+)/.exec(output)?.[1];
    if (address !== undefined && output.includes("Server is ready")) resolve(address);
  });
  server.once("exit", (code) => reject(new Error(`nats-server ended with code ${code}: ${output}`)));
  const timer = setTimeout(() => reject(new Error(`nats-server did not get ready: ${output}`)), 10_000);
  const address = await promise.finally(() => clearTimeout(timer));
  return {
    url: `nats://${address}`,
    stop: async () => {
      const gone = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await gone;
    },
  };
}
