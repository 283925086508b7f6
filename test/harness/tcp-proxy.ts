/**
 * A TCP proxy in front of a server, for cuts of the network: bytes stop, and nothing tells either side. What was on its
 * way arrives after the cut, as with a network that loses packets for a while.
 */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Which bytes stop: those to the server, those from it, or both. */
export type Direction = "both" | "to" | "from";

export interface TcpProxy {
  readonly port: number;
  cut(direction: Direction): void;
  heal(): void;
  close(): Promise<void>;
}

/** A proxy on a free port of the loopback address, for a server on another. */
export async function startTcpProxy(serverPort: number): Promise<TcpProxy> {
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket }>();
  let stopped: Direction | null = null;
  const flow = (from: Socket, to: Socket, isStopped: boolean) => {
    // A second pipe would double the bytes.
    from.unpipe(to);
    if (isStopped) from.pause();
    else from.pipe(to, { end: false });
  };
  const apply = (pair: { readonly client: Socket; readonly server: Socket }) => {
    flow(pair.client, pair.server, stopped === "both" || stopped === "to");
    flow(pair.server, pair.client, stopped === "both" || stopped === "from");
  };
  const proxy = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect({ host: "127.0.0.1", port: serverPort, allowHalfOpen: true });
    const pair = { client, server };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    // A side that has ended is told to the other only once everything before it has passed.
    client.once("end", () => server.end()).once("error", end);
    server.once("end", () => client.end()).once("error", end);
    client.once("close", end);
    server.once("close", end);
    apply(pair);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const change = (direction: Direction | null) => {
    stopped = direction;
    for (const pair of pairs) apply(pair);
  };
  return {
    port: (proxy.address() as AddressInfo).port,
    cut: change,
    heal: () => change(null),
    close: async () => {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
