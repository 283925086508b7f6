/** The demo: makes two tenants, pairs their sessions with simulated phones, and lets them talk. */
import { existsSync } from "node:fs";
import type { Config } from "../../contracts/config.ts";
import type { Message, TimelineEntry } from "../../contracts/routes/message.ts";
import { readVersion } from "../banner.ts";
import type { RunningSystem } from "../system.ts";
import { DemoClient } from "./client.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { dim, heading, line, said, step, ticks } from "./screen.ts";

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

/** Plays the demo and returns the webhook receiver, which lives on as long as the system. */
export async function playDemo(system: RunningSystem, config: Config): Promise<Receiver> {
  const started = Date.now();
  const origin = system.origin!;
  const anyone = new DemoClient(origin);
  line(
    `\nWPPConnect Agent System ${readVersion()}   ${dim("demo: it needs no phone, no browser and no database server; its data is thrown away when you stop it")}\n`,
  );
  step(`Node ${process.versions.node}, SQLite, ${config.services.length} services in one process, sandbox network`);
  const bakery = await makeTenant(anyone, "Bakery Rosa", "rosa@bakery.example", "orders");
  const clinic = await makeTenant(anyone, "Clinic Verde", "vera@clinic.example", "reception");
  const receiver = await startReceiver();
  const hook = await bakery.api.ask<{ secret: string }>("POST", "/webhooks", {
    url: receiver.url,
    events: ["message.*"],
  });
  receiver.trust(hook.secret);
  step(`webhook of ${bakery.name} at ${receiver.url}, signatures checked`);

  heading("A conversation");
  await converse(bakery, receiver);
  await appointment(clinic);
  if (await pairInChromium(bakery, config))
    step("and one session in a real Chromium with the real wppconnect library, on the same sandbox");
  const key = await bakery.api.ask<{ key: string }>("POST", "/api-keys", {
    name: "demo",
    scopes: ["session:read", "message:read", "message:send", "event:read", "sandbox:read", "sandbox:write"],
  });
  printPlaces(origin, key.key, bakery, await somebody(bakery), started);
  return receiver;
}

async function makeTenant(anyone: DemoClient, name: string, email: string, session: string): Promise<Tenant> {
  const password = `demo ${Math.random().toString(36).slice(2)} ${Date.now()}`;
  const { accessToken } = await anyone.ask<{ accessToken: string }>("POST", "/auth/register", {
    tenantName: name,
    name: name.split(" ")[1]!,
    email,
    password,
  });
  const api = anyone.as(accessToken);
  await api.ask("POST", "/sessions", { name: session, network: "sandbox" });
  const { phone } = await api.ask<Phone>("POST", "/sandbox/phones", { name });
  await pair(api, session, phone);
  step(`tenant ${name}: session "${session}" paired with the simulated phone ${phone}`);
  return { name, api, phone, session };
}

/** Starts the session and scans its QR code with the phone. */
async function pair(api: DemoClient, session: string, phone: string): Promise<void> {
  await api.ask("POST", `/sessions/${session}/start`);
  const { qr } = await api.ask<{ qr: string }>("GET", `/sessions/${session}/qr?wait=30`);
  await api.ask("POST", `/sandbox/phones/${phone}/scan`, { qr });
  await api.until<{ state: string }>(`/sessions/${session}`, ({ state }) => state === "connected");
}

/** A customer: a simulated phone without a session. */
async function somebody(tenant: Tenant, name = "Ana"): Promise<string> {
  return (await tenant.api.ask<Phone>("POST", "/sandbox/phones", { name, autoRead: true })).phone;
}

/** Sends and prints each tick as it comes. */
async function send(tenant: Tenant, body: Record<string, unknown>, shown: string): Promise<Message> {
  const { id } = await tenant.api.ask<Message>("POST", `/sessions/${tenant.session}/messages`, body);
  const message = await tenant.api.until<Message>(
    `/messages/${id}`,
    ({ status }) => status === "read" || status === "failed",
  );
  const { data } = await tenant.api.ask<{ data: TimelineEntry[] }>("GET", `/messages/${id}/timeline`);
  const begin = Date.parse(data[0]!.at);
  said(
    tenant.name,
    shown,
    data
      .filter((entry) => entry.status !== "sending")
      .map((entry) => `${ticks(entry.status)} ${dim(`${Date.parse(entry.at) - begin} ms`)}`)
      .join("  "),
  );
  return message;
}

/** The phone answers; the answer is waited for as a signed webhook. */
async function answer(
  tenant: Tenant,
  receiver: Receiver,
  phone: string,
  body: Record<string, unknown>,
  shown: string,
): Promise<void> {
  await tenant.api.ask("POST", `/sandbox/phones/${phone}/messages`, { to: tenant.phone, ...body });
  const data = await receiver.next("message.received");
  said("Ana", shown, `→ webhook ${ticks("sent")} signed ${dim((data["message"] as Message).id)}`);
}

async function converse(bakery: Tenant, receiver: Receiver): Promise<void> {
  const ana = await somebody(bakery);
  const api = bakery.api;
  await send(
    bakery,
    { to: ana, type: "text", text: "Good morning! Your bread is ready." },
    "Good morning! Your bread is ready.",
  );
  await api.ask("POST", `/sandbox/phones/${ana}/typing`, { to: bakery.phone });
  said("Ana", "is typing …", "→ event typing.start");
  await answer(bakery, receiver, ana, { text: "Wonderful, where are you?" }, "Wonderful, where are you?");
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
  await api.ask("PATCH", `/messages/${id}`, { text: "Open until 6 pm" });
  await receiver.next("message.edited");
  said(bakery.name, "Open until 6 pm", `edited ${ticks("sent")}`);
  await answer(bakery, receiver, ana, { text: "See you soon 🙂" }, "See you soon 🙂");
}

async function appointment(clinic: Tenant): Promise<void> {
  const patient = await somebody(clinic, "Bruno");
  await send(
    clinic,
    { to: patient, type: "text", text: "Reminder: tomorrow at 10:30." },
    "Reminder: tomorrow at 10:30.",
  );
}

/** One session with the real library, where there is a Chromium. */
async function pairInChromium(tenant: Tenant, config: Config): Promise<boolean> {
  const path = config.chromium.path ?? "/usr/lib/chromium/chromium-headless-shell";
  if (!existsSync(path)) return false;
  const { phone } = await tenant.api.ask<Phone>("POST", "/sandbox/phones", { name: "Bakery, second line" });
  await tenant.api.ask("POST", "/sessions", { name: "in-chromium", network: "sandbox", driver: "browser" });
  await pair(tenant.api, "in-chromium", phone);
  await send(
    { ...tenant, session: "in-chromium" },
    { to: await somebody(tenant), type: "text", text: "This one went through a real browser." },
    "This one went through a real browser.",
  );
  return true;
}

function printPlaces(origin: string, key: string, bakery: Tenant, ana: string, started: number): void {
  heading(`Ready after ${((Date.now() - started) / 1_000).toFixed(1)} s. It stays up; now it is your turn.`);
  line(`  API        ${origin}/api/v1`);
  line(`  API docs   ${origin}/docs`);
  line(
    `  Phones     ${origin}/api/v1/sandbox/phones   ${dim("the simulated phones: scan, write, type, read, go offline")}`,
  );
  line(`  API key    ${key}`);
  line(`\n  Send a message to Ana's simulated phone (${ana}):\n`);
  line(
    `  curl -s ${origin}/api/v1/sessions/${bakery.session}/messages -H 'X-Api-Key: ${key}' -H 'Content-Type: application/json' -d '{"to":"${ana}","type":"text","text":"Hello from curl"}'`,
  );
  line(`\n  and look into her inbox:\n`);
  line(`  curl -s '${origin}/api/v1/sandbox/phones/${ana.replace("+", "")}/inbox' -H 'X-Api-Key: ${key}'`);
  line(`\n  Stop with Ctrl-C.\n`);
}
