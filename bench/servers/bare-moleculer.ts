/** The framework's own yardstick: moleculer-web with one alias, a JSON body and an action that answers at once. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ServiceBroker, type Context, type Service } from "moleculer";
import ApiGateway from "moleculer-web";
import { ANSWER } from "./answer.ts";

const broker = new ServiceBroker({ logger: false });
broker.createService({
  name: "bare",
  actions: {
    accept(ctx: Context<unknown, { $statusCode?: number }>) {
      ctx.meta.$statusCode = 202;
      return ANSWER;
    },
  },
});
broker.createService({
  name: "api",
  mixins: [ApiGateway],
  settings: {
    port: 0,
    ip: "127.0.0.1",
    logRequest: null,
    logResponse: null,
    routes: [{ path: "/", aliases: { "POST /accept": "bare.accept" }, bodyParsers: { json: true }, mappingPolicy: "restrict" }],
  },
});
await broker.start();
const { server } = broker.getLocalService("api") as Service & { server: Server };
process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
process.once("SIGTERM", () => process.exit(0));
