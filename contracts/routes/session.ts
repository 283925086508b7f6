/** Sessions: a WhatsApp account linked to the system, its state, and how it is paired. */
import { z } from "zod";
import { Address } from "../address.ts";
import type { ProblemCode } from "../errors.ts";
import { SessionSettings, SettingsChange } from "../session-settings.ts";
import { listOf, object, page, route } from "../route.ts";
import { SESSION_REASONS, SESSION_STATE_WORDS, SESSION_STATES } from "../states.ts";

/** The problems of every route that calls the session's driver. */
export const DRIVER_PROBLEMS = [
  "session_not_running",
  "session_not_connected",
  "session_unavailable",
  "unsupported",
  "number_not_on_whatsapp",
  "group_admin_only",
  "not_group_member",
  "target_not_found",
  "not_changeable",
  "media_invalid",
  "network_rejected",
  "invalid_phone",
] as const satisfies readonly ProblemCode[];

/** The problems of media in a request, beside those of the driver. */
export const MEDIA_PROBLEMS = [
  "media_unreachable",
  "media_too_large",
  "url_blocked",
  "quota_exceeded",
] as const satisfies readonly ProblemCode[];

/** A session is addressed by its id or by its name. */
export const SessionParams = object({ session: z.string().min(1).max(80).describe("The session's id or name") });

export const SessionName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    "must be 1 to 63 characters of a-z, 0-9, - and _, starting with a letter or digit",
  )
  .refine((name) => !name.startsWith("ses_"), "must not start with ses_, like an id")
  .describe("1 to 63 characters of a-z, 0-9, - and _; unique in the tenant, and usable in paths in place of the id");

export const Session = z
  .object({
    id: z.string(),
    name: z.string(),
    network: z.enum(["whatsapp", "sandbox"]).describe("sandbox: the simulated network, without real phones"),
    driver: z.enum(["browser", "light"]).describe("browser: wppconnect in Chromium; light: without a browser"),
    autoStart: z.boolean().describe("Whether it is started again with the system, if it was running"),
    state: z.enum(SESSION_STATES).describe(
      Object.entries(SESSION_STATE_WORDS)
        .map(([state, words]) => `${state}: ${words}`)
        .join(". "),
    ),
    reason: z.enum(SESSION_REASONS).describe("Why it is in this state"),
    since: z.iso.datetime().describe("When it entered the state"),
    evidence: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .describe("What the state was derived from: the page, the socket and the last acknowledgement"),
    desired: z.enum(["running", "stopped"]).describe("What was last requested: start or stop"),
    node: z.string().nullable().describe("The process that runs it; null when none does"),
    epoch: z.int().describe("Rises each time a process takes the session over"),
    me: Address.extend({ name: z.string().nullable() }).nullable().describe("The account; null before the first link"),
    queue: z
      .object({
        account: Address.nullable().describe(
          "The account that queued messages are sent from; null before the first link",
        ),
        paused: z
          .enum(["account_changed"])
          .nullable()
          .describe("account_changed: nothing is sent until the queue is resumed, or the account is linked again"),
      })
      .describe("The queue of messages to send"),
    settings: SessionSettings.describe("How it sends and receives"),
    metadata: z.record(z.string(), z.string()).describe("Your own labels"),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

const Metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((map) => Object.keys(map).length <= 20, "must have at most 20 entries")
  .describe("Your own labels, at most 20");

export const CreateSession = object({
  name: SessionName,
  network: z
    .enum(["whatsapp", "sandbox"])
    .default("whatsapp")
    .describe("sandbox: the simulated network, without real phones"),
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
  settings: SessionSettings.prefault({}).describe("How it sends and receives; all have defaults"),
  metadata: Metadata.default({}),
}).refine((body) => body.network !== "whatsapp" || body.driver !== "light", {
  path: ["driver"],
  error: "network whatsapp requires driver browser",
});

export const UpdateSession = object({
  name: SessionName.optional(),
  autoStart: z.boolean().optional().describe("Whether to start it again with the system, if it was running"),
  settings: SettingsChange.optional(),
  metadata: Metadata.optional(),
});

const tag = "Sessions";

export const listSessions = route({
  method: "GET",
  path: "/sessions",
  action: "session.list",
  permission: "session:read",
  sessions: "filtered",
  summary: "List sessions",
  tag,
  query: object({ ...page, state: z.enum(SESSION_STATES).optional().describe("Only sessions in this state") }),
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
  problems: ["unsupported", "url_blocked", "name_taken", "quota_exceeded", "sandbox_off"],
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
  problems: ["name_taken", "precondition_failed", "conflict", "unsupported", "url_blocked"],
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
];
