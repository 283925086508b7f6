/** The account's own profile and presence, and calls that ring. */
import { z } from "zod";
import { toWid } from "../../../../compat/wppconnect/shapes.ts";
import { rejectCall } from "../../../../contracts/routes/call.ts";
import { listContacts, type Contact as ContactSchema } from "../../../../contracts/routes/contact.ts";
import * as presence from "../../../../contracts/routes/presence.ts";
import * as profile from "../../../../contracts/routes/profile.ts";
import { done, doorRoute, Flag, FlagOn, raw, success, Target, toChatIds, type DoorCall } from "../call.ts";
import { mediaOf } from "../files.ts";

type Contact = z.infer<typeof ContactSchema>;

const common = { group: "Profile", access: "token", live: "session" } as const;
const path = (name: string): string => `/api/:session/${name}`;
const own = (call: DoorCall): { params: { session: string } } => ({ params: { session: call.session } });
const MOST_CONTACTS = 50_000;

export const profileRoutes = [
  doorRoute({
    method: "GET",
    ...common,
    path: path("host-device"),
    summary: "The account, and the device that this session is",
    handle: async (call) => {
      const { me, settings } = await call.current();
      const id = me?.chatId ?? "";
      const response = {
        id: toWid(id),
        wid: toWid(id),
        pushname: me?.name ?? "",
        connected: true,
        phoneNumber: id,
        platform: settings.deviceName,
        ...(typeof me?.lid === "string" ? { lid: toWid(me.lid) } : {}),
      };
      return { status: 200, body: { status: "success", response, mapper: "device" } };
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("get-phone-number"),
    summary: "The account's WhatsApp id",
    handle: async (call) => {
      const { me } = await call.current();
      return { status: 200, body: { status: "success", response: me?.chatId ?? null, mapper: "device" } };
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("set-profile-pic"),
    summary: "Set the account's picture: a form with `file`",
    body: z.looseObject({ path: z.string().optional(), base64: z.string().optional() }),
    handle: async (call, body) => {
      await call.api.call(profile.setProfilePicture, { ...own(call), body: { media: mediaOf(call, body) } });
      return success(true);
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("profile-status"),
    summary: "Set the account's about text",
    body: z.looseObject({ status: z.string() }),
    handle: async (call, { status }) => {
      await call.api.call(profile.updateProfile, { ...own(call), body: { about: status } });
      return success({ message: "Profile status changed" });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("change-username"),
    summary: "Set the account's name",
    body: z.looseObject({ name: z.string() }),
    handle: async (call, { name }) => {
      await call.api.call(profile.updateProfile, { ...own(call), body: { name } });
      return success({ message: "Username changed" });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("edit-business-profile"),
    summary: "Change the profile of a business",
    body: z.looseObject({
      description: z.string().optional(),
      address: z.string().optional(),
      adress: z.string().optional(),
      email: z.string().optional(),
      website: z.union([z.string(), z.array(z.string())]).optional(),
      websites: z.array(z.string()).optional(),
    }),
    handle: async (call, { description, email, website, websites, ...given }) => {
      const address = given.address ?? given.adress;
      const sites = websites ?? (website === undefined ? undefined : [website].flat());
      const body = {
        ...(description === undefined ? {} : { description }),
        ...(address === undefined ? {} : { address }),
        ...(email === undefined ? {} : { email }),
        ...(sites === undefined ? {} : { websites: sites }),
      };
      return raw(await call.api.call(profile.updateBusinessProfile, { ...own(call), body }));
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("reject-call"),
    summary: "Reject a call that rings",
    body: z.looseObject({ callId: z.string() }),
    handle: async (call, { callId }) => {
      await call.api.call(rejectCall, { params: { session: call.session, callId } });
      return success(true);
    },
  }),
  doorRoute({
    method: "POST",
    group: "Profile",
    access: "token",
    path: path("subscribe-presence"),
    summary: "Get the presence of people from now on",
    body: Target.partial().extend({ all: Flag }),
    handle: async (call, { all, phone, ...kind }) => {
      const everyone = all
        ? (await call.api.all<Contact>(listContacts, own(call), MOST_CONTACTS)).map(({ address }) => address.chatId)
        : [];
      const flags = { isGroup: kind.isGroup === true, isNewsletter: false, isLid: kind.isLid === true };
      const chatIds = phone === undefined ? everyone : toChatIds({ phone, ...flags });
      for (let start = 0; start < chatIds.length; start += PRESENCES_AT_ONCE)
        await call.api.call(presence.subscribePresence, {
          ...own(call),
          body: { chatIds: chatIds.slice(start, start + PRESENCES_AT_ONCE) },
        });
      return done("Subscribe presence executed");
    },
  }),
  doorRoute({
    method: "POST",
    group: "Profile",
    access: "token",
    path: path("set-online-presence"),
    summary: "Show the account as online, or not",
    body: z.looseObject({ isOnline: FlagOn }),
    handle: async (call, { isOnline }) => {
      await call.api.call(presence.setPresence, { ...own(call), body: { available: isOnline } });
      return done("Set Online Presence Successfully");
    },
  }),
];

/** People of one subscription. */
const PRESENCES_AT_ONCE = 50;
