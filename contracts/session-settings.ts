/** The settings of a session: how it sends, receives and connects. */
import { z } from "zod";
import { object } from "./route.ts";

const Label = z
  .string()
  .regex(/^[\w.-]{1,60}$/, "must be 1 to 60 letters, digits, dots, dashes or underscores")
  .nullable();

/** A proxy is tried before each start. Chromium knows no passwords for SOCKS proxies, so only HTTP proxies are offered. */
const Proxy = object({
  url: z
    .url({ protocol: /^http$/, error: "an HTTP proxy such as http://proxy.example.com:3128 is expected" })
    .max(300)
    .describe("Such as http://proxy.example.com:3128"),
  username: z.string().min(1).max(200).nullable().describe("null when it asks for none").default(null),
  password: z.string().min(1).max(500).optional().describe("Write only: no response has it"),
});

export const SessionSettings = object({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be an ISO 3166 country code such as BR")
    .nullable()
    .describe("Country of local phone numbers")
    .default(null),
  minGapMs: z
    .int()
    .min(0)
    .max(600_000)
    .nullable()
    .describe("Minimum time between two sends, in ms; by default 1,200 on whatsapp and 0 on the sandbox")
    .default(null),
  jitterMs: z
    .int()
    .min(0)
    .max(600_000)
    .nullable()
    .describe("Maximum random time added to the gap, in ms; by default 1,800 on whatsapp and 0 on the sandbox")
    .default(null),
  deviceName: z.string().min(1).max(40).describe("Shown in the phone's list of linked devices").default("WPPConnect"),
  zone: Label.describe("The session runs on nodes of this zone only (WPP_NODE_ZONE); null: on any").default(null),
  nodeGroup: Label.describe("It runs on nodes of this group only (WPP_NODE_GROUP); null: on any").default(null),
  rejectCalls: object({
    message: z.string().min(1).max(4_096).nullable().describe("Sent to who calls; null for no message").default(null),
  })
    .nullable()
    .describe("Whether calls are rejected, and how they are answered; null: they ring")
    .default(null),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/, "must be a language such as pt-BR")
    .nullable()
    .describe("Language of the browser; null for the system's. Driver `browser` only")
    .default(null),
  proxy: Proxy.nullable()
    .describe("How the browser reaches WhatsApp; null: directly. Driver `browser` only")
    .default(null),
  rejectMedia: z.boolean().describe("Whether to skip downloading the media of inbound messages").default(false),
});
export type SessionSettings = z.infer<typeof SessionSettings>;

const settings = SessionSettings.shape;

/** A change of settings. */
export const SettingsChange = object({
  country: settings.country.unwrap().optional(),
  minGapMs: settings.minGapMs.unwrap().optional(),
  jitterMs: settings.jitterMs.unwrap().optional(),
  deviceName: settings.deviceName.unwrap().optional(),
  zone: settings.zone.unwrap().optional(),
  nodeGroup: settings.nodeGroup.unwrap().optional(),
  rejectCalls: settings.rejectCalls.unwrap().optional(),
  language: settings.language.unwrap().optional(),
  proxy: settings.proxy.unwrap().optional(),
  rejectMedia: settings.rejectMedia.unwrap().optional(),
}).describe("Absent settings are kept");
