/** A program on the types of openapi-typescript, with openapi-fetch: from nothing to a conversation. */
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.ts";

type Event = components["schemas"]["Event"];

const baseUrl = process.argv[2]!;
const own = "+15550110001";
const customer = "+15550110002";

/** The data of a response; throws for a problem. */
function dataOf<T>({ data, error }: { data?: T; error?: components["schemas"]["Problem"] }): T {
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

const anyone = createClient<paths>({ baseUrl });
const { accessToken, tenant } = dataOf(
  await anyone.POST("/api/v1/auth/register", {
    body: { tenantName: "Fetch", name: "Ada", email: "ada@fetch.example", password: "correct horse battery staple" },
  }),
);
const owner = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${accessToken}` } });
const { key } = dataOf(
  await owner.POST("/api/v1/api-keys", {
    body: {
      name: "program",
      scopes: [
        "session:read",
        "session:write",
        "session:pair",
        "message:read",
        "message:send",
        "event:read",
        "sandbox:read",
        "sandbox:write",
      ],
    },
  }),
);
const api = createClient<paths>({ baseUrl, headers: { "X-Api-Key": key } });
const session = { params: { path: { session: "main" } } };

dataOf(await api.POST("/api/v1/sessions", { body: { name: "main", network: "sandbox" } }));
dataOf(await api.POST("/api/v1/sessions/{session}/start", session));
for (const [phone, name] of [
  [own, "Us"],
  [customer, "Customer"],
] as const)
  dataOf(await api.POST("/api/v1/sandbox/phones", { body: { phone, name } }));
const { qr } = dataOf(
  await api.GET("/api/v1/sessions/{session}/qr", { params: { ...session.params, query: { wait: 30 } } }),
);
const image = await api.GET("/api/v1/sessions/{session}/qr.png", { ...session, parseAs: "arrayBuffer" });
const imageBytes = dataOf(image).byteLength;
dataOf(await api.POST("/api/v1/sandbox/phones/{phone}/scan", { params: { path: { phone: own } }, body: { qr } }));
await until(async () => {
  const { state } = dataOf(await api.GET("/api/v1/sessions/{session}", session));
  return state === "connected" ? state : undefined;
});

const sent = dataOf(
  await api.POST("/api/v1/sessions/{session}/messages", {
    ...session,
    body: { to: customer, type: "text", text: "Hello" },
  }),
);
await until(async () => {
  const { status } = dataOf(await api.GET("/api/v1/messages/{id}", { params: { path: { id: sent.id } } }));
  return status === "delivered" ? status : undefined;
});
dataOf(
  await api.POST("/api/v1/sandbox/phones/{phone}/messages", {
    params: { path: { phone: customer } },
    body: { to: own, text: "Hi there" },
  }),
);
const reply = await until(async () => {
  const query = { direction: "inbound" } as const;
  return dataOf(await api.GET("/api/v1/messages", { params: { query } })).data[0];
});
const events = await until(async () => {
  const page = dataOf(await api.GET("/api/v1/events", { params: { query: { types: "message.*,session.connected" } } }));
  const lines = page.data.map(describe).filter((line) => line !== undefined);
  return lines.length === 3 ? lines : undefined;
});

const refused = await api.POST("/api/v1/sessions/{session}/messages", {
  params: { path: { session: "none" } },
  body: { to: customer, type: "poll", question: "?", options: ["a", "b"] },
});
const refusal = refused.error?.code === "not_found" ? `${refused.error.status} ${refused.error.code}` : "accepted";

process.stdout.write(
  JSON.stringify({ tenant: tenant.name, imageBytes, reply: reply.text, from: reply.from?.phone, events, refusal }),
);
