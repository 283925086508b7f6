/** Tries a tenant's proxy before a browser relies on it. */
import { request as httpRequest } from "node:http";
import { isIP } from "node:net";
import { Problem } from "../../contracts/errors.ts";
import { parseUrl, resolveAll, type GuardOptions } from "./address-guard.ts";

/** A proxy as a session's settings name it. */
export interface ProxyCredentials {
  /** `http://host:port` */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
}

export interface ProxyCheck extends GuardOptions {
  /** What the proxy is asked for, as `host:port`. */
  readonly target: string;
  /** ms for the whole try. */
  readonly timeout: number;
}

/**
 * The proxy with the address that was checked in place of its name, so that a browser cannot be led elsewhere by a
 * second resolution. Rejects with a Problem that says what is wrong: a forbidden address, no answer, or the status
 * with which it refuses the target.
 */
export async function tryProxy(proxy: ProxyCredentials, check: ProxyCheck): Promise<ProxyCredentials> {
  const { url, host } = parseUrl(proxy.url, check.allowPrivate);
  const [address] = isIP(host) === 0 ? await resolveAll(host, check) : [host];
  if (address === undefined) throw new Problem("url_blocked", `the name ${host} has no address`);
  const port = Number(url.port === "" ? 80 : url.port);
  await connect(address, port, proxy, check);
  return { ...proxy, url: `http://${isIP(address) === 6 ? `[${address}]` : address}:${port}` };
}

/** Resolves when the proxy has opened a tunnel to the target. */
function connect(host: string, port: number, { username, password }: ProxyCredentials, check: ProxyCheck) {
  const { target, timeout } = check;
  const token = Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64");
  const headers = { host: target, ...(username === null ? {} : { "proxy-authorization": `Basic ${token}` }) };
  return new Promise<void>((resolve, reject) => {
    const signal = AbortSignal.timeout(timeout);
    const attempt = httpRequest({ host, port, method: "CONNECT", path: target, headers, agent: false, signal });
    const fail = (detail: string): void => reject(new Problem("unavailable", detail));
    attempt.once("connect", (response, socket) => {
      socket.destroy();
      if (response.statusCode === 200) resolve();
      else if (response.statusCode === 407) fail("the proxy refuses the user name and password");
      else fail(`the proxy refuses ${target} with status ${response.statusCode}`);
    });
    attempt.once("response", (response) => {
      response.destroy();
      fail(`the proxy answers CONNECT with status ${response.statusCode}`);
    });
    attempt.once("error", (error) =>
      fail(signal.aborted ? `the proxy gave no answer within ${timeout} ms` : `the proxy fails: ${error.message}`),
    );
    attempt.end();
  });
}
