/** Sessions: a WhatsApp account linked to the system, its state, and how it is paired. */
import { z } from "zod";
import { Address } from "../address.ts";
import type { ProblemCode } from "../errors.ts";
import { listOf, object, page, route } from "../route.ts";
import { SESSION_REASONS, SESSION_STATE_WORDS, SESSION_STATES } from "../states.ts";

/** The problems of every route that calls the session's driver. */
export const DRIVER_PROBLEMS = [
  "session_not_running",
  "session_not_connected",
  "session_unavailable",
  "unsupported_by_driver",
  "number_not_on_whatsapp",
  "group_admin_only",
  "not_group_member",
  "target_not_found",
  "not_changeable",
  "media_invalid",
  "network_rejected",
  "invalid_phone",
] as const satisfies readonly ProblemCode[];

/** A session is addressed by its id or by its name. */
export const SessionParams = object({ session: z.string().min(1).max(80).describe("The session's id or name") });

export const SessionName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    "must be 1 to 63 characters of a-z, 0-9, - and _, starting with a letter or digit",
  )
  .refine((name) => !name.startsWith("ses_"), "must not start with ses_, like an id");

export const SessionSettings = object({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be an ISO 3166 country code such as BR")
    .nullable()
    .default(null)
    .describe("Country of local phone numbers"),
  minGapMs: z
    .int()
    .min(0)
    .max(600_000)
    .nullable()
    .default(null)
    .describe("Minimum time between two sends, in ms; by default 1,200 on whatsapp and 0 on the sandbox"),
  jitterMs: z
    .int()
    .min(0)
    .max(600_000)
    .nullable()
    .default(null)
    .describe("Maximum random time added to the gap, in ms; by default 1,800 on whatsapp and 0 on the sandbox"),
  deviceName: z.string().min(1).max(40).default("WPPConnect").describe("Shown in the phone's list of linked devices"),
  rejectMedia: z.boolean().default(false).describe("Whether to skip downloading the media of inbound messages"),
});
export type SessionSettings = z.infer<typeof SessionSettings>;

export const Session = z
  .object({
    id: z.string(),
    name: z.string(),
    network: z.enum(["whatsapp", "sandbox"]),
    driver: z.enum(["browser", "light"]),
    autoStart: z.boolean(),
    state: z.enum(SESSION_STATES).describe(
      Object.entries(SESSION_STATE_WORDS)
        .map(([state, words]) => `${state}: ${words}`)
        .join(". "),
    ),
    reason: z.enum(SESSION_REASONS),
    since: z.iso.datetime(),
    evidence: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .describe("What the state was derived from: the page, the socket and the last acknowledgement"),
    desired: z.enum(["running", "stopped"]),
    node: z.string().nullable(),
    epoch: z.int(),
    me: Address.extend({ name: z.string().nullable() }).nullable(),
    queue: z.object({
      account: Address.nullable().describe(
        "The account that queued messages are sent from; null before the first link",
      ),
      paused: z
        .enum(["account_changed"])
        .nullable()
        .describe("account_changed: nothing is sent until the queue is resumed, or the account is linked again"),
    }),
    settings: SessionSettings,
    metadata: z.record(z.string(), z.string()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

const Metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((map) => Object.keys(map).length <= 20, "must have at most 20 entries");

export const CreateSession = object({
  name: SessionName,
  network: z.enum(["whatsapp", "sandbox"]).default("whatsapp"),
  driver: z
    .enum(["browser", "light"])
    .optional()
    .describe(
      "browser: wppconnect in Chromium, required for whatsapp; light: without a browser, sandbox only, and its default",
    ),
  autoStart: z
    .boolean()
    .default(true)
    .describe("Whether to start the session again when the system starts, if it was running"),
  settings: SessionSettings.prefault({}),
  metadata: Metadata.default({}),
}).refine((body) => body.network !== "whatsapp" || body.driver !== "light", {
  path: ["driver"],
  error: "network whatsapp requires driver browser",
});

/** A change of settings: absent settings are kept. */
const SettingsChange = object({
  country: SessionSettings.shape.country.unwrap().optional(),
  minGapMs: SessionSettings.shape.minGapMs.unwrap().optional(),
  jitterMs: SessionSettings.shape.jitterMs.unwrap().optional(),
  deviceName: SessionSettings.shape.deviceName.unwrap().optional(),
  rejectMedia: z.boolean().optional(),
});

export const UpdateSession = object({
  name: SessionName.optional(),
  autoStart: z.boolean().optional(),
  settings: SettingsChange.optional(),
  metadata: Metadata.optional(),
});

export const Qr = z
  .object({ qr: z.string().describe("The text that a phone scans"), attempt: z.int(), expiresAt: z.iso.datetime() })
  .meta({ id: "Qr" });

const tag = "Sessions";

export const listSessions = route({
  method: "GET",
  path: "/sessions",
  action: "session.list",
  permission: "session:read",
  sessions: "filtered",
  summary: "List sessions",
  tag,
  query: object({ ...page, state: z.enum(SESSION_STATES).optional() }),
  responses: { 200: listOf(Session) },
  problems: ["cursor_invalid"],
});

export const createSession = route({
  method: "POST",
  path: "/sessions",
  action: "session.create",
  permission: "session:write",
  summary: "Create a session",
  tag,
  body: CreateSession,
  responses: { 201: Session },
  problems: ["name_taken", "quota_exceeded", "sandbox_off"],
});

export const getSession = route({
  method: "GET",
  path: "/sessions/:session",
  action: "session.get",
  permission: "session:read",
  summary: "Get a session",
  tag,
  params: SessionParams,
  responses: { 200: Session },
});

export const updateSession = route({
  method: "PATCH",
  path: "/sessions/:session",
  action: "session.update",
  permission: "session:write",
  summary: "Change a session",
  tag,
  params: SessionParams,
  body: UpdateSession,
  responses: { 200: Session },
  problems: ["name_taken", "precondition_failed", "conflict"],
});

export const deleteSession = route({
  method: "DELETE",
  path: "/sessions/:session",
  action: "session.remove",
  permission: "session:write",
  summary: "Stop, unlink and delete a session with all its data",
  tag,
  params: SessionParams,
  responses: { 204: null },
});

function command(verb: "start" | "stop" | "restart" | "logout", summary: string) {
  return route({
    method: "POST",
    path: `/sessions/:session/${verb}`,
    action: `session.${verb}`,
    permission: verb === "logout" ? "session:pair" : "session:write",
    summary,
    tag,
    params: SessionParams,
    body: object({}).optional(),
    responses: { 202: Session },
    problems: ["session_not_running", "tenant_suspended"],
  });
}
export const startSession = command("start", "Start a session asynchronously");
export const stopSession = command("stop", "Stop a session asynchronously; it stays linked to the account");
export const restartSession = command("restart", "Restart a session asynchronously");
export const logoutSession = command(
  "logout",
  "Unlink the session from the account; if that fails, the session stops with reason `logout_failed` and stays linked",
);

export const resumeQueue = route({
  method: "POST",
  path: "/sessions/:session/queue/resume",
  action: "session.resumeQueue",
  permission: "message:send",
  summary: "Resume a queue that is paused since the session was linked to another account",
  tag,
  params: SessionParams,
  body: object({
    waiting: z
      .enum(["send", "cancel"])
      .describe("What happens to the messages queued before: send them from the new account, or cancel them"),
  }),
  responses: { 200: Session },
  problems: ["session_not_connected"],
});

export const getQr = route({
  method: "GET",
  path: "/sessions/:session/qr",
  action: "session.qr",
  permission: "session:pair",
  summary: "Get the QR code to scan, as JSON, PNG or SVG",
  tag,
  params: SessionParams,
  query: object({
    wait: z.coerce.number().int().min(0).max(60).default(0).describe("Seconds to wait for a code to appear"),
  }),
  responses: { 200: Qr },
  produces: ["image/png", "image/svg+xml"],
  problems: ["no_qr", "already_linked", "session_not_running", "session_unavailable", "not_acceptable"],
});

export const requestPairingCode = route({
  method: "POST",
  path: "/sessions/:session/pairing-code",
  action: "session.pairingCode",
  permission: "session:pair",
  summary: "Request a code to enter on the phone instead of scanning",
  tag,
  params: SessionParams,
  body: object({ phone: z.string().min(3).max(40) }),
  responses: { 200: z.object({ code: z.string(), expiresAt: z.iso.datetime() }) },
  problems: ["already_linked", ...DRIVER_PROBLEMS],
});

export const getScreenshot = route({
  method: "GET",
  path: "/sessions/:session/screenshot",
  action: "session.screenshot",
  permission: "session:pair",
  summary: "Take a screenshot of the session's page; once it is linked, this requires message:read too",
  tag,
  params: SessionParams,
  responses: { 200: z.string() },
  produces: ["image/png"],
  problems: DRIVER_PROBLEMS,
});

export const sessionRoutes = [
  listSessions,
  createSession,
  getSession,
  updateSession,
  deleteSession,
  startSession,
  stopSession,
  restartSession,
  logoutSession,
  resumeQueue,
  getQr,
  requestPairingCode,
  getScreenshot,
];
