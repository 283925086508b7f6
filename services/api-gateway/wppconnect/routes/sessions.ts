/** Sessions: starting and ending them, their QR code and their state. */
import { setTimeout as wait } from "node:timers/promises";
import QRCode from "qrcode";
import { z } from "zod";
import { isProblem } from "../../../../contracts/errors.ts";
import * as pairing from "../../../../contracts/routes/pairing.ts";
import * as sessions from "../../../../contracts/routes/session.ts";
import type { SessionState } from "../../../../contracts/states.ts";
import { doorRoute, Flag, raw, type Answer, type DoorCall } from "../call.ts";
import { NAME_METADATA } from "../../../../compat/wppconnect/names.ts";
import { createToken } from "../tokens.ts";
import { setWebhook } from "../webhooks.ts";

type Session = sessions.Session;

/** wppconnect-server's words for the states of a session. */
const STATUS: Record<SessionState, string> = {
  stopped: "CLOSED",
  starting: "INITIALIZING",
  qr: "QRCODE",
  pairing: "PHONECODE",
  syncing: "INITIALIZING",
  connected: "CONNECTED",
  degraded: "CONNECTED",
  reconnecting: "INITIALIZING",
  logged_out: "CLOSED",
  failed: "CLOSED",
};

/** s: the API waits so long for a QR code in one call; a client that wants to wait gets it after at most two. */
const QR_WAIT = 30;
const QR_WAITS = 2;

const here = (call: DoorCall): { params: { session: string } } => ({ params: { session: call.session } });

interface Code {
  readonly qrcode: string | null;
  readonly urlcode: string;
}

/** The QR code as a picture and as its text; empty without one. `seconds`: how long to wait for it. */
async function codeOf(call: DoorCall, seconds: number): Promise<Code> {
  try {
    const { qr } = await call.api.call<{ qr: string }>(pairing.getQr, { ...here(call), query: { wait: seconds } });
    return { qrcode: await QRCode.toDataURL(qr), urlcode: qr };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return { qrcode: null, urlcode: "" };
  }
}

const versionOf = ({ evidence }: Session): unknown => evidence["webVersion"] ?? null;

async function statusOf(call: DoorCall): Promise<Answer> {
  const session = await call.api.call<Session>(sessions.getSession, here(call));
  const code = session.state === "qr" ? await codeOf(call, 0) : { qrcode: null, urlcode: "" };
  return raw({ status: STATUS[session.state], ...code, version: versionOf(session) });
}

/** Waits for a QR code, and answers with it; with the state when there is none. */
async function waitForCode(call: DoorCall): Promise<Answer> {
  for (let turn = 0; turn < QR_WAITS; turn++) {
    const code = await codeOf(call, QR_WAIT);
    if (code.qrcode !== null) return raw({ status: "qrcode", ...code, session: call.name });
    const { state } = await call.api.call<Session>(sessions.getSession, here(call));
    if (state !== "starting") break;
  }
  return statusOf(call);
}

const StartBody = z.looseObject({
  webhook: z.string().nullish(),
  waitQrCode: Flag,
  proxy: z
    .looseObject({ url: z.string(), username: z.string().nullish(), password: z.string().nullish() })
    .nullish()
    .or(z.literal("")),
  phone: z.union([z.string(), z.number()]).nullish(),
  deviceName: z.string().nullish(),
});

/** The settings that a start brings along. */
function settingsOf({ proxy, deviceName }: z.infer<typeof StartBody>): object {
  const isProxy = typeof proxy === "object" && proxy !== null && proxy.url !== "";
  return {
    ...(isProxy
      ? {
          proxy: {
            url: proxy.url,
            username: proxy.username ?? null,
            ...(typeof proxy.password === "string" ? { password: proxy.password } : {}),
          },
        }
      : {}),
    ...(typeof deviceName === "string" && deviceName !== "" ? { deviceName } : {}),
  };
}

/** ms between two requests for a pairing code, while the page is loading. */
const CODE_RETRY_MS = 500;
const CODE_WITHIN_MS = 60_000;

/** A code to enter on the phone, as soon as the page can ask for one. */
async function pairingCode(call: DoorCall, phone: string): Promise<string> {
  const deadline = Date.now() + CODE_WITHIN_MS;
  for (;;) {
    try {
      const { code } = await call.api.call<{ code: string }>(pairing.requestPairingCode, {
        ...here(call),
        body: { phone },
      });
      return code;
    } catch (error) {
      const isEarly = isProblem(error) && /^session_(?:not_running|not_connected|unavailable)$/.test(error.type);
      if (!isEarly || Date.now() > deadline) throw error;
      await wait(CODE_RETRY_MS);
    }
  }
}

async function start(call: DoorCall, body: z.infer<typeof StartBody>): Promise<Answer> {
  const { webhook, waitQrCode, phone } = body;
  const settings = settingsOf(body);
  if (Object.keys(settings).length > 0)
    await call.api.call(sessions.updateSession, { ...here(call), body: { settings } });
  if (typeof webhook === "string" && webhook !== "") await setWebhook(call, webhook);
  const before = await call.api.call<Session>(sessions.getSession, here(call));
  if (before.desired !== "running" || before.state === "failed") await call.api.call(sessions.startSession, here(call));
  if (phone !== undefined && phone !== null && phone !== "" && before.me === null) {
    const phoneCode = await pairingCode(call, String(phone));
    return raw({ status: "phoneCode", phone: String(phone), phoneCode, session: call.name });
  }
  return waitQrCode ? waitForCode(call) : statusOf(call);
}

const common = { group: "Sessions" } as const;
const path = (name: string): string => `/api/:session/${name}`;

/** All sessions of the tenant, as their clients name them. */
async function allSessions(call: DoorCall): Promise<Session[]> {
  return call.api.all<Session>(sessions.listSessions, {}, 10_000);
}

export const sessionRoutes = [
  doorRoute({
    method: "POST",
    ...common,
    path: "/api/:session/:secretkey/generate-token",
    access: "secret",
    summary: "Make a token for a session; the session is made if there is none",
    differs:
      "the secret is an API key of the tenant with the scopes that its tokens shall have, session:write and api-key:*; " +
      "a token is an API key for that session, and the newest 20 stay valid",
    handle: async (call) => {
      const token = await createToken(call.api, call.name, call.network);
      return raw({ status: "success", session: call.name, token, full: `${call.name}:${token}` }, 201);
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: "/api/:secretkey/show-all-sessions",
    access: "secret",
    summary: "List the tenant's sessions",
    handle: async (call) =>
      raw({ response: (await allSessions(call)).map(({ name, metadata }) => metadata[NAME_METADATA] ?? name) }),
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: "/api/:secretkey/start-all",
    access: "secret",
    summary: "Start every session that was linked",
    handle: async (call) => {
      for (const session of await allSessions(call))
        if (session.me !== null && session.desired !== "running")
          await call.api.call(sessions.startSession, { params: { session: session.id } });
      return raw({ status: "success", message: "Starting all sessions" }, 201);
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: "/api/:session/:secretkey/clear-session-data",
    access: "secret",
    summary: "Delete a session with all its data",
    handle: async (call) => {
      await call.api.call(sessions.deleteSession, here(call));
      return raw({ success: true });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    access: "token",
    path: path("start-session"),
    summary: "Start a session",
    body: StartBody,
    differs: "with `waitQrCode` the answer is held for at most a minute; poweredBy and chatWoot are ignored",
    handle: start,
  }),
  doorRoute({
    method: "GET",
    ...common,
    access: "token",
    path: path("status-session"),
    summary: "The state of a session, with its QR code",
    handle: (call) => (call.query["waitQrCode"] === "true" ? waitForCode(call) : statusOf(call)),
  }),
  doorRoute({
    method: "GET",
    ...common,
    access: "token",
    path: path("check-connection-session"),
    summary: "Whether a session is connected",
    handle: async (call) => {
      const { state } = await call.api.call<Session>(sessions.getSession, here(call));
      const isConnected = state === "connected";
      return raw({ status: isConnected, message: isConnected ? "Connected" : "Disconnected" });
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    access: "token",
    path: path("qrcode-session"),
    summary: "The QR code as a PNG image",
    handle: async (call) => {
      const { urlcode } = await codeOf(call, 0);
      if (urlcode !== "") return { status: 200, type: "image/png", body: await QRCode.toBuffer(urlcode) };
      const { state } = await call.api.call<Session>(sessions.getSession, here(call));
      const message = "QRCode is not available...";
      return raw(
        state === "stopped"
          ? {
              status: null,
              message: "Session not started. Please, use the /start-session route, for initialization your session",
            }
          : { status: STATUS[state], message },
      );
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    access: "token",
    path: path("close-session"),
    summary: "Stop a session; it stays linked",
    handle: async (call) => {
      await call.api.call(sessions.stopSession, here(call));
      return raw({ status: true, message: "Session successfully closed" });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    access: "token",
    live: "session",
    path: path("logout-session"),
    summary: "Unlink a session from its account",
    handle: async (call) => {
      await call.api.call(sessions.logoutSession, here(call));
      return raw({ status: true, message: "Session successfully closed" });
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    access: "token",
    path: path("take-screenshot"),
    summary: "A picture of the session's page, as base64",
    handle: async (call) => {
      const picture = await call.api.call<Buffer>(pairing.getScreenshot, here(call));
      return raw(Buffer.from(picture).toString("base64"));
    },
  }),
];
