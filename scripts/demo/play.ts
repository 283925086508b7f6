/** The demo: creates two tenants, links their sessions to simulated phones, and plays conversations. */
import { existsSync } from "node:fs";
import type { Config } from "../../contracts/config.ts";
import type { Message, TimelineEntry } from "../../contracts/message.ts";
import { readVersion } from "../banner.ts";
import type { RunningSystem } from "../system.ts";
import { DemoClient } from "./client.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { chatLine, dim, heading, line, step, ticks } from "./screen.ts";

interface Tenant {
  readonly name: string;
  readonly api: DemoClient;
  /** The business's own number. */
  readonly phone: string;
  readonly session: string;
}

interface Phone {
  readonly phone: string;
}

/** Plays the demo and returns the webhook receiver, which the caller closes together with the system. */
export async function playDemo(system: RunningSystem, config: Config): Promise<Receiver> {
  const started = Date.now();
  const origin = system.origin!;
  const anonymous = new DemoClient(origin);
  line(
    `\nWPPConnect Agent System ${readVersion()}   ` +
      `${dim("demo: no phone, browser or database server needed; its data is deleted when it stops")}\n`,
  );
  step(`Node ${process.versions.node}, SQLite, ${config.services.length} services in one process, sandbox network`);
  const bakery = await createTenant(anonymous, "Bakery Rosa", "rosa@bakery.example", "orders");
  const clinic = await createTenant(anonymous, "Clinic Verde", "vera@clinic.example", "reception");
  const receiver = await startReceiver();
  const hook = await bakery.api.request<{ secret: string }>("POST", "/webhooks", {
    url: receiver.url,
    events: ["message.*"],
  });
  receiver.setSecret(hook.secret);
  step(`webhook of ${bakery.name} at ${receiver.url}, with verified signatures`);

  heading("Conversation");
  await converse(bakery, receiver);
  await appointment(clinic);
  if (await pairInChromium(bakery, config))
    step("one more session, in a real Chromium with the real wppconnect library, on the same sandbox");
  const key = await bakery.api.request<{ key: string }>("POST", "/api-keys", {
    name: "demo",
    scopes: ["session:read", "message:read", "message:send", "event:read", "sandbox:read", "sandbox:write"],
  });
  printNextSteps(origin, key.key, bakery, await createCustomer(bakery), started);
  return receiver;
}

async function createTenant(anonymous: DemoClient, name: string, email: string, session: string): Promise<Tenant> {
  const password = `demo ${Math.random().toString(36).slice(2)} ${Date.now()}`;
  const { accessToken } = await anonymous.request<{ accessToken: string }>("POST", "/auth/register", {
    tenantName: name,
    name: name.split(" ")[1]!,
    email,
    password,
  });
  const api = anonymous.withToken(accessToken);
  await api.request("POST", "/sessions", { name: session, network: "sandbox" });
  const { phone } = await api.request<Phone>("POST", "/sandbox/phones", { name });
  await pair(api, session, phone);
  step(`tenant ${name}: session "${session}" paired with the simulated phone ${phone}`);
  return { name, api, phone, session };
}

/** Starts the session and scans its QR code with the phone. */
async function pair(api: DemoClient, session: string, phone: string): Promise<void> {
  await api.request("POST", `/sessions/${session}/start`);
  const { qr } = await api.request<{ qr: string }>("GET", `/sessions/${session}/qr?wait=30`);
  await api.request("POST", `/sandbox/phones/${phone}/scan`, { qr });
  await api.poll<{ state: string }>(`/sessions/${session}`, ({ state }) => state === "connected");
}

/** Creates a customer: a simulated phone without a session. Returns its number. */
async function createCustomer(tenant: Tenant, name = "Ana"): Promise<string> {
  return (await tenant.api.request<Phone>("POST", "/sandbox/phones", { name, autoRead: true })).phone;
}

/** Sends a message, waits until it is read, and prints the time of each tick. */
async function send(tenant: Tenant, body: Record<string, unknown>, shown: string): Promise<Message> {
  const { id } = await tenant.api.request<Message>("POST", `/sessions/${tenant.session}/messages`, body);
  const message = await tenant.api.poll<Message>(
    `/messages/${id}`,
    ({ status }) => status === "read" || status === "failed",
  );
  const { data } = await tenant.api.request<{ data: TimelineEntry[] }>("GET", `/messages/${id}/timeline`);
  const start = Date.parse(data[0]!.at);
  chatLine(
    tenant.name,
    shown,
    data
      .filter((entry) => entry.status !== "sending")
      .map((entry) => `${ticks(entry.status)} ${dim(`${Date.parse(entry.at) - start} ms`)}`)
      .join("  "),
  );
  return message;
}

/** Replies from the phone, and waits for the reply as a signed webhook. */
async function reply(
  tenant: Tenant,
  receiver: Receiver,
  phone: string,
  body: Record<string, unknown>,
  shown: string,
): Promise<void> {
  await tenant.api.request("POST", `/sandbox/phones/${phone}/messages`, { to: tenant.phone, ...body });
  const data = await receiver.next("message.received");
  chatLine("Ana", shown, `→ webhook ${ticks("sent")} signed ${dim((data["message"] as Message).id)}`);
}

async function converse(bakery: Tenant, receiver: Receiver): Promise<void> {
  const ana = await createCustomer(bakery);
  const api = bakery.api;
  await send(
    bakery,
    { to: ana, type: "text", text: "Good morning! Your bread is ready." },
    "Good morning! Your bread is ready.",
  );
  await api.request("POST", `/sandbox/phones/${ana}/typing`, { to: bakery.phone });
  chatLine("Ana", "is typing …", "→ event typing.start");
  await reply(bakery, receiver, ana, { text: "Wonderful, where are you?" }, "Wonderful, where are you?");
  await send(
    bakery,
    { to: ana, type: "location", latitude: 38.7139, longitude: -9.1394, name: "Bakery Rosa" },
    "[location] Bakery Rosa",
  );
  const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
  await send(
    bakery,
    { to: ana, type: "image", media: { base64: picture }, caption: "Fresh from the oven" },
    "[image] Fresh from the oven",
  );
  const { id } = await send(bakery, { to: ana, type: "text", text: "Open until 8 pm" }, "Open until 8 pm");
  await api.request("PATCH", `/messages/${id}`, { text: "Open until 6 pm" });
  await receiver.next("message.edited");
  chatLine(bakery.name, "Open until 6 pm", `edited ${ticks("sent")}`);
  await reply(bakery, receiver, ana, { text: "See you soon 🙂" }, "See you soon 🙂");
}

async function appointment(clinic: Tenant): Promise<void> {
  const patient = await createCustomer(clinic, "Bruno");
  await send(
    clinic,
    { to: patient, type: "text", text: "Reminder: tomorrow at 10:30." },
    "Reminder: tomorrow at 10:30.",
  );
}

/** Adds a session with the real library, if Chromium is installed; returns whether it is. */
async function pairInChromium(tenant: Tenant, config: Config): Promise<boolean> {
  const path = config.chromium.path ?? "/usr/lib/chromium/chromium-headless-shell";
  if (!existsSync(path)) return false;
  const { phone } = await tenant.api.request<Phone>("POST", "/sandbox/phones", { name: "Bakery, second line" });
  await tenant.api.request("POST", "/sessions", { name: "in-chromium", network: "sandbox", driver: "browser" });
  await pair(tenant.api, "in-chromium", phone);
  await send(
    { ...tenant, session: "in-chromium" },
    { to: await createCustomer(tenant), type: "text", text: "This one went through a real browser." },
    "This one went through a real browser.",
  );
  return true;
}

function printNextSteps(origin: string, key: string, bakery: Tenant, ana: string, started: number): void {
  heading(
    `Ready after ${((Date.now() - started) / 1_000).toFixed(1)} s. The system keeps running; now it is your turn.`,
  );
  line(`  API        ${origin}/api/v1`);
  line(`  API docs   ${origin}/docs`);
  line(
    `  Phones     ${origin}/api/v1/sandbox/phones   ${dim("simulated phones: scan, write, type, read, go offline")}`,
  );
  line(`  API key    ${key}`);
  line(`\n  Send a message to Ana's simulated phone (${ana}):\n`);
  line(
    `  curl -s ${origin}/api/v1/sessions/${bakery.session}/messages -H 'X-Api-Key: ${key}' ` +
      `-H 'Content-Type: application/json' -d '{"to":"${ana}","type":"text","text":"Hello from curl"}'`,
  );
  line(`\n  and read her inbox:\n`);
  line(`  curl -s '${origin}/api/v1/sandbox/phones/${ana.replace("+", "")}/inbox' -H 'X-Api-Key: ${key}'`);
  line(`\n  Stop with Ctrl-C.\n`);
}
