/** Sessions: listing, linking, starting and moving them. */
import { setTimeout as pause } from "node:timers/promises";
import { toString as drawQr } from "qrcode";
import { WppError, type Schema, type WppClient } from "../../../clients/typescript/src/index.ts";
import { SESSION_REASON_WORDS, SESSION_STATE_WORDS } from "../../../contracts/states.ts";
import { CommandError, textOf, type Command, type Run } from "../command.ts";
import type { Output } from "../output.ts";

type Session = Schema<"Session">;

/** ms between two looks at a session that is followed. */
const LOOK_MS = 500;
/** Black on white, whatever the terminal's colors: phones do not read inverted codes reliably. */
const [PAPER, PLAIN] = ["\u001B[38;5;16;48;5;231m", "\u001B[0m"];

function wordsOf({ state, reason, evidence }: Session): string {
  const isTrouble = state === "failed" || state === "reconnecting" || state === "logged_out";
  const more = evidence["help"] ?? evidence["error"];
  const why = isTrouble ? `: ${SESSION_REASON_WORDS[reason]}` : "";
  return `${SESSION_STATE_WORDS[state]}${why}${isTrouble && typeof more === "string" ? ` (${more})` : ""}`;
}

function row(session: Session): (string | null)[] {
  const { name, state, me, node } = session;
  return [name, state, me?.phone ?? null, node, wordsOf(session)];
}

const at = (session: string): { path: { session: string } } => ({ path: { session } });
const get = (client: WppClient, session: string): Promise<Session> =>
  client.request("GET", "/sessions/{session}", at(session));

/** The session, made when there is none. */
async function ensure(client: WppClient, name: string, network: "whatsapp" | "sandbox"): Promise<Session> {
  try {
    return await get(client, name);
  } catch (error) {
    if (!(error instanceof WppError) || error.code !== "not_found") throw error;
    return client.request("POST", "/sessions", { body: { name, network } });
  }
}

async function drawCode(output: Output, text: string): Promise<void> {
  const drawing = await drawQr(text, { type: "utf8", margin: 2, errorCorrectionLevel: "L" });
  for (const line of drawing.split("\n")) output.say(output.isTerminal ? `${PAPER}${line}${PLAIN}` : line);
}

/** Shows each step and each code once, until the session is connected or can go no further without a person. */
async function follow(client: WppClient, name: string, output: Output): Promise<Session> {
  let [said, shown] = ["", ""];
  for (;;) {
    const session = await get(client, name);
    if (session.state === "connected") return session;
    const isRetried = Number(session.evidence["retryInMs"]) > 0;
    if ((session.state === "failed" && !isRetried) || session.desired === "stopped")
      throw new CommandError(wordsOf(session));
    if (wordsOf(session) !== said) output.say((said = wordsOf(session)));
    if (session.state === "qr") {
      const code = await client.request("GET", "/sessions/{session}/qr", at(name)).catch(() => undefined);
      if (code !== undefined && code.qr !== shown) {
        shown = code.qr;
        if (output.isJson) output.raw(`${JSON.stringify(code)}\n`);
        await drawCode(output, code.qr);
        output.say("WhatsApp > Linked devices > Link a device. The next code follows when this one ends.");
      }
    }
    await pause(LOOK_MS);
  }
}

async function link({ words: [name = ""], options, connect, output }: Run): Promise<void> {
  const client = connect();
  const session = await ensure(client, name, options["sandbox"] === true ? "sandbox" : "whatsapp");
  if (session.desired !== "running" || session.state === "failed")
    await client.request("POST", "/sessions/{session}/start", at(name));
  const phone = textOf(options, "phone");
  if (phone !== undefined) {
    const { code } = await client.request("POST", "/sessions/{session}/pairing-code", { ...at(name), body: { phone } });
    output.show({ code }, () => `Enter this code on the phone (Linked devices, link with phone number): ${code}`);
  }
  const { me } = await follow(client, name, output);
  output.show({ session: name, me }, () => `Connected${me?.phone ? ` as ${me.phone}` : ""}`);
}

const change = (verb: "start" | "stop" | "restart" | "logout", summary: string): Command => ({
  name: ["session", verb],
  args: ["<session>"],
  summary,
  async run({ words: [name = ""], connect, output }) {
    const session = await connect().request("POST", `/sessions/{session}/${verb}`, at(name));
    output.show(session, () => `${session.name}: ${wordsOf(session)}`);
  },
});

export const sessionCommands: readonly Command[] = [
  {
    name: ["session", "list"],
    args: [],
    summary: "List the sessions",
    async run({ connect, output }) {
      const sessions = await Array.fromAsync(connect().list("/sessions"));
      const none = "There is no session yet; wpp session link <name> makes one";
      output.table(sessions, ["session", "state", "phone", "node", "what it is doing"], sessions.map(row), none);
    },
  },
  {
    name: ["session", "show"],
    args: ["<session>"],
    summary: "Show a session with the evidence of its state",
    async run({ words: [name = ""], connect, output }) {
      const session = await get(connect(), name);
      output.show(session, () => `${session.name}: ${wordsOf(session)}\n${JSON.stringify(session, null, 2)}`);
    },
  },
  {
    name: ["session", "link"],
    args: ["<session>"],
    summary: "Link a phone: draw the QR code, and follow it until the session is connected",
    options: {
      phone: { type: "string", help: "ask for a code to enter on the phone with this number" },
      sandbox: { type: "boolean", help: "make the session on the simulated network, if there is none" },
    },
    run: link,
  },
  change("start", "Start a session"),
  change("stop", "Stop a session; it stays linked"),
  change("restart", "Restart a session"),
  change("logout", "Unlink a session from its account"),
  {
    name: ["session", "delete"],
    args: ["<session>"],
    summary: "Delete a session with all its data",
    options: { yes: { type: "boolean", help: "do not ask" } },
    async run({ words: [name = ""], options, connect, output }) {
      if (options["yes"] !== true) throw new CommandError(`this deletes ${name} with all its messages: add --yes`);
      await connect().request("DELETE", "/sessions/{session}", at(name));
      output.say(`Deleted ${name}`);
    },
  },
  {
    name: ["session", "move"],
    args: ["<session>", "<node>"],
    summary: "Move a session to another node",
    options: { "dry-run": { type: "boolean", help: "only show what would happen" } },
    async run({ words: [name = "", node = ""], options, connect, output }) {
      const body = { node, dryRun: options["dry-run"] === true };
      const plan = await connect().request("POST", "/sessions/{session}/move", { ...at(name), body });
      const rows = plan.moves.map(({ sessionId, from, to }) => [sessionId, from, to]);
      output.table(plan.moves, ["session", "from", "to"], rows, "Nothing is moved");
    },
  },
];
