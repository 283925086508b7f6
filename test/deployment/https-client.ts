/** A client for nginx with the generated certificate. */
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request to the port of this machine; `ca` is the certificate to trust, which must be for localhost. */
export function sendRequest(port: number, ca: string, { method, path, body, headers }: Request): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const options = {
    host: "127.0.0.1",
    port,
    method,
    path,
    ca,
    servername: "localhost",
    timeout: 20_000,
    headers: { "Content-Type": "application/json", ...headers },
  };
  const outgoing = request(options, (response) => {
    let text = "";
    response.on("data", (chunk: Buffer) => (text += chunk.toString()));
    response.once("end", () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
  });
  outgoing.once("timeout", () => outgoing.destroy(new Error("no response")));
  outgoing.once("error", reject);
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}
