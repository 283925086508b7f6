/** A program on the client of @hey-api/openapi-ts: from nothing to a conversation. */
import { client } from "./hey-api/client.gen.ts";
import * as api from "./hey-api/sdk.gen.ts";
import type { Event, Problem, SendMessage } from "./hey-api/types.gen.ts";

const own = "+15550120001";
const customer = "+15550120002";

/** The data of a response; throws for a problem. */
function dataOf<T>({ data, error }: { data?: T; error?: Problem }): T {
  if (data === undefined) throw new Error(error === undefined ? "no data" : `${error.code}: ${error.detail}`);
  return data;
}

async function until<T>(probe: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the condition was not met in time");
}

/** One line for an event; `type` decides what its data is. */
function describe(event: Event): string | undefined {
  switch (event.type) {
    case "message.delivered":
      return `${event.data.status} ${event.data.waId.slice(0, 4)}`;
    case "message.received":
      return `received ${event.data.message.text ?? ""} from ${event.data.message.from?.phone ?? ""}`;
    case "session.connected":
      return `connected ${event.data.me?.phone ?? ""}`;
    default:
      return undefined;
  }
}

/** A message of any kind can be built first and sent later. */
function greeting(kind: "text" | "poll"): SendMessage {
  return kind === "text"
    ? { to: customer, type: "text", text: "Hello" }
    : { to: customer, type: "poll", question: "?", options: ["a", "b"] };
}

client.setConfig({ baseUrl: process.argv[2]! });
const { accessToken, tenant } = dataOf(
  await api.authRegister({
    body: { tenantName: "Hey", name: "Ada", email: "ada@hey.example", password: "correct horse battery staple" },
  }),
);
client.setConfig({ auth: accessToken });
const path = { session: "main" };

dataOf(await api.sessionCreate({ body: { name: "main", network: "sandbox" } }));
dataOf(await api.sessionStart({ path }));
dataOf(await api.sandboxCreatePhone({ body: { phone: own, name: "Us" } }));
dataOf(await api.sandboxCreatePhone({ body: { phone: customer, name: "Customer" } }));
const { qr } = dataOf(await api.sessionQr({ path, query: { wait: 30 } }));
const imageBytes = dataOf(await api.sessionQrPng({ path })).size;
dataOf(await api.sandboxScan({ path: { phone: own }, body: { qr } }));
await until(async () => {
  const { state } = dataOf(await api.sessionGet({ path }));
  return state === "connected" ? state : undefined;
});

const sent = dataOf(await api.messageSend({ path, body: greeting("text") }));
await until(async () => {
  const { status } = dataOf(await api.messageGet({ path: { id: sent.id } }));
  return status === "delivered" ? status : undefined;
});
dataOf(await api.sandboxSendMessage({ path: { phone: customer }, body: { to: own, text: "Hi there" } }));
const reply = await until(async () => dataOf(await api.messageList({ query: { direction: "inbound" } })).data[0]);
const events = await until(async () => {
  const page = dataOf(await api.eventList({ query: { types: "message.*,session.connected" } }));
  const lines = page.data.map(describe).filter((line) => line !== undefined);
  return lines.length === 3 ? lines : undefined;
});

const refused = await api.messageSend({ path: { session: "none" }, body: greeting("poll") });
const refusal = refused.error?.code === "not_found" ? `${refused.error.status} ${refused.error.code}` : "accepted";

process.stdout.write(
  JSON.stringify({ tenant: tenant.name, imageBytes, reply: reply.text, from: reply.from?.phone, events, refusal }),
);
