/** Linking a phone, live: the phases of the start, the QR code and its renewal, a pairing code, and what is wrong. */
import type { Qr } from "../../../contracts/routes/pairing.ts";
import type { Session } from "../../../contracts/routes/session.ts";
import type { z } from "zod";
import { SESSION_REASON_WORDS, SESSION_STATE_WORDS } from "../../../contracts/states.ts";
import { ask, image, isSignedIn, problemOf, Refusal } from "./api.ts";
import { element, fill, make, onPress, onSubmit, repeat, sentence, text, toggle } from "./dom.ts";
import { simulatedPhone, startSession } from "./sessions.ts";

type Code = z.infer<typeof Qr>;
type Phase = "start" | "load" | "scan" | "sync" | "connected";

/** ms. */
const INTERVAL = 1_000;
/** The name of the simulated phone that is linked. */
const OUR_PHONE = "Our phone";

const PHASES: Readonly<Record<Session["driver"], readonly (readonly [Phase, string])[]>> = {
  browser: [
    ["start", "Starting the browser"],
    ["load", "Loading WhatsApp Web"],
    ["scan", "QR code ready"],
    ["sync", "Scanned, loading chats"],
    ["connected", "Connected"],
  ],
  light: [
    ["start", "Starting"],
    ["scan", "QR code ready"],
    ["sync", "Scanned, loading chats"],
    ["connected", "Connected"],
  ],
};

let session: Session;
let code: Code | undefined;
let watch: { stop(): void } | undefined;
let onConnected: (connected: Session) => void = () => undefined;

function phaseOf({ state, evidence }: Session): Phase {
  if (state === "connected" || state === "degraded") return "connected";
  if (state === "syncing") return "sync";
  if (state === "qr" || state === "pairing") return "scan";
  return evidence["browser"] === "up" ? "load" : "start";
}

function showPhases(): void {
  const current = phaseOf(session);
  const phases = PHASES[session.driver];
  const reached = phases.findIndex(([phase]) => phase === current);
  const isDone = (index: number) => index < reached || current === "connected";
  fill(
    "phases",
    phases.map(([phase, words], index) => {
      const item = make("li", words, isDone(index) ? "done" : "");
      if (phase === current && current !== "connected") item.setAttribute("aria-current", "step");
      return item;
    }),
  );
}

/** True for a state that lasts until someone does something, or that has an explanation worth reading. */
function isInTrouble({ state, desired }: Session): boolean {
  return state === "failed" || state === "reconnecting" || state === "logged_out" || desired === "stopped";
}

function showTrouble(): void {
  const { state, reason, evidence, network } = session;
  const isTroubled = isInTrouble(session);
  toggle("trouble", isTroubled);
  if (!isTroubled) return;
  const retry = Number(evidence["retryInMs"]);
  text("trouble-reason", sentence(SESSION_REASON_WORDS[reason]));
  text("trouble-detail", String(evidence["help"] ?? evidence["error"] ?? ""));
  text("trouble-next", retry > 0 ? "The system tries again automatically." : "");
  toggle("start-again", state !== "reconnecting");
  toggle("use-sandbox", network === "whatsapp");
}

function showCountdown(): void {
  const seconds = code === undefined ? 0 : Math.ceil((Date.parse(code.expiresAt) - Date.now()) / 1_000);
  text("countdown", seconds > 0 ? `This code is valid for ${seconds} s, then the next one appears.` : "");
}

/** Reads the code, and draws it when it has changed. */
async function readCode(): Promise<void> {
  const path = `/sessions/${session.name}/qr`;
  const current = await ask<Code>("GET", path);
  if (current.qr !== code?.qr) {
    const picture = document.querySelector<HTMLImageElement>("#qr")!;
    picture.src = await image(`${path}.svg`, "image/svg+xml");
    picture.dataset["text"] = current.qr;
  }
  code = current;
}

function showSession(): void {
  const isCode = session.state === "qr";
  text("session-name", session.name);
  text("link-status", sentence(SESSION_STATE_WORDS[session.state]));
  showPhases();
  showTrouble();
  if (!isCode) code = undefined;
  toggle("qr-area", isCode);
  toggle("scan", isCode && session.network === "sandbox");
  toggle("pairing", isCode || session.state === "pairing");
  if (isCode || session.state === "pairing") return;
  text("pairing-code", "");
}

async function update(): Promise<void> {
  try {
    session = await ask<Session>("GET", `/sessions/${session.name}`);
    // Drawn before it is shown, so that no old code is seen. A code can end between the two requests.
    if (session.state === "qr") await readCode().catch(ignoreNoCode);
    showSession();
    showCountdown();
    text("link-failure", "");
    if (session.state !== "connected") return;
    stopWatching();
    onConnected(session);
  } catch (error) {
    if (isSignedIn()) text("link-failure", problemOf(error).detail);
    else stopWatching();
  }
}

function ignoreNoCode(error: unknown): void {
  if (!(error instanceof Refusal) || error.problem.status === undefined || error.problem.status >= 500) throw error;
}

export function stopWatching(): void {
  watch?.stop();
}

/** Follows the session until it is connected. */
export function watchSession(watched: Session): void {
  stopWatching();
  session = watched;
  code = undefined;
  showSession();
  watch = repeat(INTERVAL, update);
}

async function scan(): Promise<void> {
  if (code === undefined) return;
  const { phone } = await simulatedPhone(OUR_PHONE);
  await ask("POST", `/sandbox/phones/${phone}/scan`, { qr: code.qr });
}

async function requestPairing({ phone }: Record<string, string>): Promise<void> {
  const pairing = await ask<{ code: string }>("POST", `/sessions/${session.name}/pairing-code`, { phone });
  text("pairing-code", `${pairing.code.slice(0, 4)}-${pairing.code.slice(-4)}`);
  if (session.network !== "sandbox") return;
  const { phone: own } = await simulatedPhone(OUR_PHONE);
  await ask("POST", `/sandbox/phones/${own}/scan`, { code: pairing.code });
}

async function suggestPhone(): Promise<void> {
  if (session.network !== "sandbox") return;
  const { phone } = await simulatedPhone(OUR_PHONE);
  const field = element("pairing-phone", HTMLInputElement);
  if (field.value === "") field.value = phone;
}

/** Attaches the listeners of this step. Call it once. */
export function prepareLinking(connected: (session: Session) => void): void {
  onConnected = connected;
  onPress("scan", "link-failure", scan);
  onPress("start-again", "link-failure", async () => {
    watchSession(await ask<Session>("POST", `/sessions/${session.name}/start`));
  });
  onPress("use-sandbox", "link-failure", async () => watchSession(await startSession("sandbox")));
  onSubmit("pairing-form", requestPairing);
  element("pairing").addEventListener("toggle", () => {
    suggestPhone().catch((error: unknown) => text("link-failure", problemOf(error).detail));
  });
}
