/** Traces: sent to a Zipkin collector when one is configured, without anything that a call carried. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { ConfigError, readConfig } from "../../contracts/config.ts";
import { registerTenant } from "../harness/client.ts";
import { cleanUp, makeDataDir, startProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";

const ACCOUNT = { tenantName: "Traced", name: "Owner", email: "owner@traced.test", password: "correct horse battery" };

interface ZipkinSpan {
  readonly id: string;
  readonly name: string;
  readonly traceId: string;
  readonly parentId?: string;
}

const spansOf = (bodies: readonly string[]) => bodies.flatMap((body) => JSON.parse(body) as ZipkinSpan[]);

test.each([
  [undefined, null],
  ["off", null],
  ["log", { to: "log" }],
  ["https://zipkin.example:9411/", { to: "zipkin", url: "https://zipkin.example:9411" }],
])("WPP_TRACING=%s", (value, expected) => {
  expect(readConfig(value === undefined ? {} : { WPP_TRACING: value }).tracing).toEqual(expected);
});

test.each(["on", "zipkin:9411", "file:///tmp/spans"])("WPP_TRACING=%s is refused", (value) => {
  expect(() => readConfig({ WPP_TRACING: value })).toThrow(ConfigError);
  expect(() => readConfig({ WPP_TRACING: value })).toThrow(/off, log, or the URL of a Zipkin collector/);
});

test("a request and the calls that it makes are one trace, without passwords, tokens and texts", async () => {
  const bodies: string[] = [];
  const collector = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const { port } = collector.address() as AddressInfo;
  const dataDir = makeDataDir();
  const system = await startProcess({ dataDir, environment: { WPP_TRACING: `http://127.0.0.1:${port}` } });
  try {
    const api = await registerTenant(system.origin);
    const { accessToken } = await api.expect<{ accessToken: string }>(201, "POST", "/auth/register", ACCOUNT);
    const child = await until(async () => {
      await api.expect(200, "GET", "/tenant");
      await delay(50);
      return spansOf(bodies).find(({ name }) => name === "action 'tenant.get'");
    }, 15_000);
    const spans = spansOf(bodies).filter(({ traceId }) => traceId === child.traceId);
    expect(spans.map(({ id }) => id)).toContain(child.parentId);
    for (const { id, traceId } of spansOf(bodies)) expect([id, traceId].join()).toMatch(/^[0-9a-f]{16},[0-9a-f]{16}$/);
    for (const secret of [ACCOUNT.password, accessToken, ACCOUNT.email]) expect(bodies.join("")).not.toContain(secret);
  } finally {
    await system.end("SIGTERM");
    await cleanUp(dataDir);
    collector.closeAllConnections();
    collector.close();
  }
});
