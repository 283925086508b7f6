/**
 * `npm run qr -- <session>`: shows a session's QR code in the terminal and follows it until the phone is linked. It
 * calls the API like any other client: WPP_URL and WPP_TOKEN, or it asks for e-mail and password.
 */
import { existsSync } from "node:fs";
import { toString as drawQr } from "qrcode";
import type { Session } from "../contracts/routes/session.ts";
import { Client, Refusal } from "./qr/client.ts";
import { followSession, type Screen } from "./qr/follow.ts";

const USAGE =
  "npm run qr -- <session>, with WPP_URL (http://127.0.0.1:3000) and WPP_TOKEN (an access token or API key)";
/** Black on white, whatever the terminal's colours: phones do not read inverted codes reliably. */
const [PAPER, PLAIN] = ["\u001B[38;5;16;48;5;231m", "\u001B[0m"];
const CLEAR = "\u001B[2J\u001B[3J\u001B[H";

function createScreen(name: string): Screen {
  const isTerminal = process.stdout.isTTY;
  let status = "";
  return {
    async showCode({ qr, expiresAt }) {
      const drawing = await drawQr(qr, { type: "utf8", margin: 2, errorCorrectionLevel: "L" });
      const lines = drawing.split("\n").map((line) => (isTerminal ? `${PAPER}${line}${PLAIN}` : line));
      const seconds = Math.max(0, Math.round((Date.parse(expiresAt) - Date.now()) / 1_000));
      process.stdout.write(
        `${isTerminal ? CLEAR : ""}${lines.join("\n")}\n` +
          `WhatsApp > Linked devices > Link a device, and scan this code for session ${name}.\n` +
          `It is valid for ${seconds} s; the next one follows automatically. Ctrl-C ends this display only.\n`,
      );
    },
    showStatus(words) {
      if (words !== status) process.stdout.write(`${words}\n`);
      status = words;
    },
  };
}

async function connect(): Promise<Client> {
  const { WPP_URL: url, WPP_PORT: port = "3000", WPP_TOKEN: token } = process.env;
  const client = new Client(url ?? `http://127.0.0.1:${port}`, token);
  if (token !== undefined) return client;
  if (!process.stdin.isTTY) throw new Refusal(`WPP_TOKEN is missing: ${USAGE}`);
  return client.signIn();
}

/** Returns the session, started if it was not running. */
async function openSession(client: Client, name: string): Promise<Session> {
  try {
    const session = await client.ask<Session>("GET", `/sessions/${encodeURIComponent(name)}`);
    if (session.desired === "running" && session.state !== "failed") return session;
    return await client.ask<Session>("POST", `/sessions/${session.id}/start`);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "not_found") throw error;
    const { data } = await client.ask<{ data: Session[] }>("GET", "/sessions");
    const known = data.length === 0 ? "there is none yet" : data.map((session) => session.name).join(", ");
    throw new Refusal(`There is no session ${name} (${known}). POST /api/v1/sessions creates one`);
  }
}

async function run(): Promise<void> {
  const name = process.argv[2];
  if (name === undefined) throw new Refusal(USAGE);
  if (existsSync(".env")) process.loadEnvFile();
  const client = await connect();
  const { id } = await openSession(client, name);
  const { me } = await followSession(client, id, createScreen(name));
  process.stdout.write(`Connected${me?.phone === null || me === null ? "" : ` as ${me.phone}`}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Refusal ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
