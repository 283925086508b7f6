/** The account of a session itself: its profile, its privacy settings and its devices. */
import { z } from "zod";
import { MediaSource } from "../media.ts";
import { PRIVACY_VALUES, PrivacyView, type PrivacySetting } from "../privacy.ts";
import { Recipient } from "../message-fields.ts";
import { object, route } from "../route.ts";
import { Done } from "./chat.ts";
import { DRIVER_PROBLEMS, MEDIA_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Profile";

export const Profile = z
  .object({
    name: z.string().nullable().describe("The name that people see who have not saved the account"),
    about: z.string().nullable().describe("The text about the account; null when there is none"),
    pictureUrl: z.string().nullable().describe("Where the picture can be fetched; null when there is none"),
    isBusiness: z.boolean(),
  })
  .meta({ id: "Profile" });

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const Minute = z.int().min(0).max(1440);
const Spans = z
  .array(z.tuple([Minute, Minute]))
  .min(1)
  .max(4)
  .describe("From and to, in minutes since midnight");
const Day = z.discriminatedUnion("mode", [
  object({ mode: z.literal("specific_hours").describe("Open in the given hours"), hours: Spans }),
  object({ mode: z.enum(["open_24h", "appointment_only"]).describe("All day, or by appointment") }),
]);

export const BusinessHours = object({
  config: z.partialRecord(z.enum(DAYS), Day).describe("By day; a day that is missing is closed"),
  timezone: z.string().min(1).max(60).describe("Such as America/Sao_Paulo"),
});

const Websites = z
  .array(z.url({ protocol: /^https?$/ }).max(256))
  .max(2)
  .describe("At most two addresses");

export const BusinessProfile = z
  .object({
    description: z.string(),
    address: z.string(),
    email: z.string(),
    websites: z.array(z.string()).describe("At most two addresses"),
    categories: z.array(z.object({ id: z.string(), name: z.string() })).describe("What the business does"),
    hours: z.record(z.string(), z.unknown()).nullable().describe("Opening hours as WhatsApp has them; null for none"),
  })
  .meta({ id: "BusinessProfile" });

const common = { tag, params: SessionParams, problems: DRIVER_PROBLEMS };

export const getProfile = route({
  method: "GET",
  path: "/sessions/:session/profile",
  action: "profile.get",
  permission: "profile:read",
  summary: "Get the account's profile",
  ...common,
  responses: { 200: Profile },
});

export const updateProfile = route({
  method: "PATCH",
  path: "/sessions/:session/profile",
  action: "profile.update",
  permission: "profile:write",
  summary: "Change the account's name or about text",
  ...common,
  body: object({
    name: z.string().min(1).max(25).exactOptional(),
    about: z.string().max(139).exactOptional().describe("The text about the account; empty for none"),
  }).refine((body) => Object.keys(body).length > 0, "name or about is expected"),
  responses: { 200: Profile },
});

export const setProfilePicture = route({
  method: "PUT",
  path: "/sessions/:session/profile/picture",
  action: "profile.setPicture",
  permission: "profile:write",
  summary: "Set the account's picture",
  ...common,
  body: object({ media: MediaSource }),
  bodyLimit: "media",
  responses: { 200: Done },
  problems: [...DRIVER_PROBLEMS, ...MEDIA_PROBLEMS],
});

export const removeProfilePicture = route({
  method: "DELETE",
  path: "/sessions/:session/profile/picture",
  action: "profile.removePicture",
  permission: "profile:write",
  summary: "Remove the account's picture",
  ...common,
  responses: { 204: null },
});

export const getOwnBusinessProfile = route({
  method: "GET",
  path: "/sessions/:session/profile/business",
  action: "profile.getBusiness",
  permission: "profile:read",
  summary: "Get the account's business profile",
  ...common,
  responses: { 200: BusinessProfile },
});

export const updateBusinessProfile = route({
  method: "PATCH",
  path: "/sessions/:session/profile/business",
  action: "profile.updateBusiness",
  permission: "profile:write",
  summary: "Change the account's business profile",
  ...common,
  body: object({
    description: z.string().max(512).exactOptional(),
    address: z.string().max(256).exactOptional(),
    email: z.email().max(128).exactOptional(),
    websites: Websites.exactOptional(),
    hours: BusinessHours.exactOptional().describe("Opening hours"),
  }).refine((body) => Object.keys(body).length > 0, "at least one field is expected"),
  responses: { 200: BusinessProfile },
});

export const getPrivacy = route({
  method: "GET",
  path: "/sessions/:session/privacy",
  action: "profile.privacy",
  permission: "profile:read",
  summary: "Get the account's privacy settings",
  ...common,
  responses: { 200: PrivacyView },
});

const People = z.array(Recipient).max(500).describe("Who is left out, or sees it: this replaces the list");

function change<S extends PrivacySetting>(setting: S) {
  const value = z.enum(PRIVACY_VALUES[setting]).describe("The new value");
  return z
    .union([value, object({ value, people: People })])
    .describe("The value, or the value with the people of its list")
    .optional();
}

export const updatePrivacy = route({
  method: "PATCH",
  path: "/sessions/:session/privacy",
  action: "profile.updatePrivacy",
  permission: "profile:write",
  summary: "Change privacy settings of the account",
  description: "They are changed one after the other: after a failure those before it have been changed.",
  ...common,
  body: object({
    lastSeen: change("lastSeen"),
    online: change("online"),
    picture: change("picture"),
    about: change("about"),
    readReceipts: change("readReceipts"),
    groups: change("groups"),
    calls: change("calls"),
    messages: change("messages"),
    status: change("status"),
  }).refine((body) => Object.keys(body).length > 0, "at least one setting is expected"),
  responses: { 200: PrivacyView },
});

export const Device = z
  .object({
    device: z.int().describe("0 is the phone"),
    own: z.boolean().describe("Whether it is the device of this session"),
  })
  .meta({ id: "Device" });

export const listDevices = route({
  method: "GET",
  path: "/sessions/:session/devices",
  action: "profile.devices",
  permission: "profile:read",
  summary: "List the devices of the account that this one knows",
  ...common,
  responses: { 200: z.object({ data: z.array(Device) }) },
});

export const profileRoutes = [
  getProfile,
  updateProfile,
  setProfilePicture,
  removeProfilePicture,
  getOwnBusinessProfile,
  updateBusinessProfile,
  getPrivacy,
  updatePrivacy,
  listDevices,
];
