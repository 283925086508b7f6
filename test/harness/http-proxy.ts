/** A real HTTP proxy on the loopback interface, which asks for a password and leads every tunnel to one port. */
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

export interface TestProxy {
  readonly url: string;
  /** The targets of the tunnels that were opened, in order. */
  readonly tunnels: readonly string[];
  close(): Promise<void>;
}

export async function startProxy(
  credentials: { readonly username: string; readonly password: string },
  portOf: () => Promise<number>,
): Promise<TestProxy> {
  const expected = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}`;
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
  };
  server.on("connection", keep);
  server.on("connect", (request, client: Socket) => {
    if (request.headers["proxy-authorization"] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n');
      return;
    }
    tunnels.push(request.url ?? "");
    void portOf().then((port) => {
      const upstream = connect(port, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      keep(upstream);
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
