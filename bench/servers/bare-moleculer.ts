/**
 * The framework's baseline: moleculer-web with one alias, a JSON body and an action that answers immediately. With the
 * URL of a NATS server as argument the two are separate processes; the second argument selects this one's part.
 */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ServiceBroker, type Context, type Service } from "moleculer";
import ApiGateway from "moleculer-web";
import { ANSWER } from "./answer.ts";

const [natsUrl, part] = process.argv.slice(2);
const broker = new ServiceBroker({
  logger: false,
  nodeID: `bare-${process.pid}`,
  transporter: natsUrl === undefined ? null : { type: "NATS", options: { url: natsUrl } },
});
if (part !== "gateway") {
  broker.createService({
    name: "bare",
    actions: {
      accept(ctx: Context<unknown, { $statusCode?: number }>) {
        ctx.meta.$statusCode = 202;
        return ANSWER;
      },
    },
  });
}
if (part !== "action") {
  broker.createService({
    name: "api",
    mixins: [ApiGateway],
    settings: {
      port: 0,
      ip: "127.0.0.1",
      logRequest: null,
      logResponse: null,
      routes: [
        {
          path: "/",
          aliases: { "POST /accept": "bare.accept" },
          bodyParsers: { json: true },
          mappingPolicy: "restrict",
        },
      ],
    },
  });
}
await broker.start();
if (part === "gateway") await broker.waitForServices("bare");
const gateway = broker.getLocalService("api") as (Service & { server: Server }) | undefined;
const port = (gateway?.server.address() as AddressInfo | undefined)?.port;
process.stdout.write(port === undefined ? "http://without.a.gateway\n" : `http://127.0.0.1:${port}\n`);
process.once("SIGTERM", () => process.exit(0));
