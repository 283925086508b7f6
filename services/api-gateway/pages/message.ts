/** The first message: its ticks, live, and the same request as a command for a terminal. */
import type { Message, TimelineEntry } from "../../../contracts/message.ts";
import type { Session } from "../../../contracts/routes/session.ts";
import { MESSAGE_FAILURE_WORDS, type MessageFailure } from "../../../contracts/states.ts";
import { ask, isSignedIn, problemOf } from "./api.ts";
import { element, fill, make, onCopy, onPress, onSubmit, repeat, sentence, text, toggle, valuesOf } from "./dom.ts";
import { simulatedPhone } from "./sessions.ts";

/** ms. */
const INTERVAL = 500;
const CUSTOMER = "Customer";
/** The statuses of a text that is on its way, with WhatsApp's ticks. */
const TICKS = [
  ["queued", "…", "Queued"],
  ["sent", "✓", "Sent"],
  ["delivered", "✓✓", "Delivered"],
  ["read", "✓✓", "Read"],
] as const;
const ENDINGS: ReadonlySet<string> = new Set(["read", "failed", "expired", "cancelled"]);

let session: Session;
let customer: string | undefined;
let key: string | undefined;
let watch: { stop(): void } | undefined;

/** Quotes a text for a POSIX shell. */
function quote(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

function showCommand(): void {
  const { to = "", text: words = "" } = valuesOf(element("message-form", HTMLFormElement));
  const body = JSON.stringify({ to: to === "" ? "+15550102000" : to, type: "text", text: words });
  text(
    "command",
    [
      `curl ${location.origin}/api/v1/sessions/${session.name}/messages \\`,
      `  -H ${quote(`X-Api-Key: ${key ?? "<your API key>"}`)} \\`,
      `  -H 'Content-Type: application/json' \\`,
      `  -d ${quote(body)}`,
    ].join("\n"),
  );
}

function showTicks(message: Message, timeline: readonly TimelineEntry[]): void {
  const times = new Map(timeline.map(({ status, at }) => [status, at]));
  const start = Date.parse(timeline[0]?.at ?? message.createdAt);
  // A later status implies the earlier ones, which WhatsApp does not always report.
  const reached = TICKS.findLastIndex(([status]) => status === message.status || times.has(status));
  fill(
    "ticks",
    TICKS.map(([status, ticks, words], index) => {
      const item = make("li", "", `${status}${index <= reached ? " done" : ""}`);
      const at = times.get(status);
      const after = at === undefined || status === "queued" ? "" : `after ${Date.parse(at) - start} ms`;
      item.append(make("span", ticks, "tick"), make("span", words, "words"), make("span", after, "time"));
      item.firstElementChild!.ariaHidden = "true";
      return item;
    }),
  );
}

function showOutcome({ status, error, waiting }: Message): void {
  const words = error === null ? "" : (MESSAGE_FAILURE_WORDS[error.code as MessageFailure] ?? error.code);
  const hasFailed = status === "failed" || status === "expired" || status === "cancelled";
  const why = error?.detail ?? words;
  const reasons = waiting === null ? why : `it waits: ${waiting.replaceAll("_", " ")}`;
  text("message-status", sentence(`The message is ${status}${reasons === "" ? "" : `: ${reasons}`}`));
  element("message-status").className = hasFailed ? "wrong" : "status";
  toggle("read-on-phone", customer !== undefined && status === "delivered");
}

function follow(id: string): void {
  watch?.stop();
  const current = repeat(INTERVAL, async () => {
    try {
      const [message, { data }] = await Promise.all([
        ask<Message>("GET", `/messages/${id}`),
        ask<{ data: TimelineEntry[] }>("GET", `/messages/${id}/timeline`),
      ]);
      if (watch !== current) return;
      showTicks(message, data);
      showOutcome(message);
      if (ENDINGS.has(message.status)) current.stop();
    } catch (error) {
      if (!isSignedIn()) current.stop();
      text("message-status", problemOf(error).detail);
    }
  });
  watch = current;
}

async function sendMessage({ to, text: words }: Record<string, string>): Promise<void> {
  const message = await ask<Message>("POST", `/sessions/${session.name}/messages`, { to, type: "text", text: words });
  toggle("progress", true);
  toggle("after", true);
  showTicks(message, []);
  showOutcome(message);
  follow(message.id);
}

async function readOnPhone(): Promise<void> {
  const from = session.me?.phone;
  if (customer === undefined || from === undefined) return;
  await ask("POST", `/sandbox/phones/${customer}/read`, { from });
}

async function createKey(): Promise<void> {
  const scopes = ["session:read", "message:read", "message:send", "event:read"];
  key = (await ask<{ key: string }>("POST", "/api-keys", { name: "First key", scopes })).key;
  toggle("create-key", false);
  text("key-hint", "The key is shown only now. It can send messages, and read messages, sessions and events.");
  showCommand();
}

/** Shows the step for a connected session. */
export async function showMessageStep(connected: Session): Promise<void> {
  session = connected;
  customer = undefined;
  text("account", connected.me?.phone ?? connected.me?.chatId ?? connected.name);
  const to = element("to", HTMLInputElement);
  toggle("to-sandbox-hint", connected.network === "sandbox");
  if (connected.network === "sandbox") {
    customer = (await simulatedPhone(CUSTOMER)).phone;
    if (to.value === "") to.value = customer;
  }
  showCommand();
}

/** Attaches the listeners of this step. Call it once. */
export function prepareMessages(): void {
  onSubmit("message-form", sendMessage);
  element("message-form").addEventListener("input", showCommand);
  onPress("read-on-phone", "message-failure", readOnPhone);
  onPress("create-key", "key-failure", createKey);
  onCopy("copy-command", "command");
}
