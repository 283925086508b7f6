/** Operations on the account itself: its profile, picture, privacy settings, devices and calls. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { StoredMedia } from "../../contracts/media.ts";
import type { PrivacySetting } from "../../contracts/privacy.ts";
import { MESSAGE_FAILURE_WORDS } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { OperationName } from "../driver.ts";
import type { AccountOperations, BusinessProfileInfo } from "../operations/account.ts";
import { toPrivacy, WA_PRIVACY, type WaPrivacy } from "../privacy-values.ts";
import { requireMember } from "./membership.ts";
import type { Handlers } from "./handlers.ts";
import type { PageCalls } from "./page-calls.ts";
import { Serialized } from "./shapes.ts";

const Nothing = z.unknown();
const Text = z.string().nullish();
const ProfileShape = z.object({ name: Text, about: Text, pictureUrl: Text, isBusiness: z.boolean() });
const PrivacyShape = z.object({
  values: z.record(z.string(), z.string().nullish()),
  people: z.record(z.string(), z.array(Serialized)),
});
const BusinessShape = z.object({
  description: Text,
  address: Text,
  email: Text,
  website: z.array(z.union([z.string(), z.object({ url: z.string() })])).nullish(),
  categories: z.array(z.object({ id: z.string(), localized_display_name: z.string() })).nullish(),
  businessHours: z.record(z.string(), z.unknown()).nullish(),
});

/** Sending a picture takes longer than a question. */
const PICTURE_WITHIN_MS = 60_000;

/** The picture as the library takes it. */
export async function toDataUrl({ path, mimetype }: StoredMedia): Promise<string> {
  return `data:${mimetype};base64,${(await readFile(path)).toString("base64")}`;
}

/** Rejects with `business_only` when the account is not a business. */
export async function requireBusiness(page: PageCalls): Promise<void> {
  if (await page.run(z.boolean(), () => WPP.profile.isBusiness() === true, undefined)) return;
  throw new DriverError("rejected", MESSAGE_FAILURE_WORDS.business_only, "business_only");
}

/** Runs in the page. */
async function readProfile(): Promise<z.infer<typeof ProfileShape>> {
  const own = WPP.whatsapp.UserPrefs.getMaybeMePnUser() ?? WPP.whatsapp.UserPrefs.getMaybeMeLidUser();
  return {
    name: WPP.profile.getMyProfileName(),
    about: await WPP.profile.getMyStatus(),
    pictureUrl: own ? await WPP.contact.getProfilePictureUrl(own.toString()) : null,
    isBusiness: WPP.profile.isBusiness() === true,
  };
}

async function changeProfile({ name, about }: { name?: string; about?: string }): Promise<void> {
  if (name !== undefined) await WPP.profile.setMyProfileName(name);
  if (about !== undefined) await WPP.profile.setMyStatus(about);
}

async function changePicture({ groupId, url }: { groupId: string | null; url: string | null }): Promise<void> {
  if (groupId === null) {
    if (url === null) await WPP.profile.removeMyProfilePicture();
    else await WPP.profile.setMyProfilePicture(url);
  } else if (url === null) await WPP.group.removeIcon(groupId);
  else await WPP.group.setIcon(groupId, url);
}

/** Runs in the page: the settings in WhatsApp's own words, and the lists that belong to them. */
async function readPrivacy(): Promise<unknown> {
  type Listed = Parameters<typeof WPP.privacy.getDisallowedList>[0];
  const lists = { about: "status", groupAdd: "groupadd", lastSeen: "last", profilePicture: "profile" };
  const people: Record<string, unknown[]> = {};
  for (const [name, list] of Object.entries(lists))
    people[name] = (await WPP.privacy.getDisallowedList(list as Listed)) ?? [];
  const values = await WPP.privacy.get();
  const { getStatusAllowList, getStatusDenyList } = WPP.whatsapp.functions;
  if (values.status === "allow-list") people["status"] = await getStatusAllowList();
  if (values.status === "deny-list") people["status"] = await getStatusDenyList();
  return { values, people };
}

/** Runs in the page. `change` holds whom to add to the list of the setting, and whom to remove from it. */
async function changePrivacy(change: {
  setting: string;
  value: string;
  people: { id: string; action: "add" | "remove" }[] | null;
}): Promise<void> {
  const { setting, value } = change;
  const { privacy } = WPP;
  type Listing = Parameters<typeof privacy.setLastSeen>[1];
  const people = (change.people ?? undefined) as Listing;
  if (setting === "lastSeen") await privacy.setLastSeen(value as never, people);
  else if (setting === "profilePicture") await privacy.setProfilePic(value as never, people);
  else if (setting === "about") await privacy.setAbout(value as never, people);
  else if (setting === "groupAdd") await privacy.setAddGroup(value as never, people);
  else if (setting === "online") await privacy.setOnline(value as never);
  else if (setting === "readReceipts") await privacy.setReadReceipts(value as never);
  else if (setting === "callAdd")
    await WPP.whatsapp.functions.setPrivacyForOneCategory({ name: "calladd", value } as never);
  else await privacy.setStatus(value as never, change.people?.map(({ id }) => id) ?? []);
}

/** Runs in the page: null for an account that is not a business. */
async function readBusiness(id: string): Promise<unknown> {
  const found = await WPP.contact.getBusinessProfile(id);
  return found ?? null;
}

/** Runs in the page. */
function readOwnBusiness(): Promise<unknown> {
  const { UserPrefs } = WPP.whatsapp;
  return WPP.contact.getBusinessProfile(UserPrefs.getMaybeMePnUser() ?? UserPrefs.getMaybeMeLidUser()!);
}

/** Runs in the page: the numbers of the account's devices, and the number of this one. */
async function readDevices(): Promise<{ devices: number[]; own: number }> {
  const own = WPP.whatsapp.UserPrefs.getMaybeMePnUser() ?? WPP.whatsapp.UserPrefs.getMaybeMeLidUser();
  const found = own === undefined ? [] : await WPP.whatsapp.functions.getFanOutList({ wids: [own] });
  const numberOf = (id: string): number => Number(/:(\d+)@/.exec(id)?.[1] ?? 0);
  return {
    devices: found.map((wid) => numberOf(wid.toString({ legacy: true }))),
    own: numberOf(String(WPP.whatsapp.UserPrefs.getMaybeMeDevicePn())),
  };
}

const isTextual = (value: unknown): value is string => typeof value === "string";

function toBusiness(found: z.infer<typeof BusinessShape>): BusinessProfileInfo {
  return {
    description: found.description ?? "",
    address: found.address ?? "",
    email: found.email ?? "",
    websites: (found.website ?? []).map((site) => (isTextual(site) ? site : site.url)),
    categories: (found.categories ?? []).map(({ id, localized_display_name: name }) => ({ id, name })),
    hours: found.businessHours ?? null,
  };
}

async function privacyOf(page: PageCalls): Promise<WaPrivacy> {
  return page.run(PrivacyShape, readPrivacy, undefined);
}

/** Whom to add to a list so that it holds `wanted`, and whom to remove from it. */
function difference(listed: readonly string[], wanted: readonly string[]) {
  return [
    ...wanted.filter((id) => !listed.includes(id)).map((id) => ({ id, action: "add" as const })),
    ...listed.filter((id) => !wanted.includes(id)).map((id) => ({ id, action: "remove" as const })),
  ];
}

export const ACCOUNT_HANDLERS: Pick<Handlers, keyof AccountOperations & OperationName> = {
  getProfile: async ({ page }) => {
    const { name, about, pictureUrl, isBusiness } = await page.run(ProfileShape, readProfile, undefined);
    return { name: name ?? null, about: about ?? null, pictureUrl: pictureUrl ?? null, isBusiness };
  },
  setProfile: async ({ page }, change) => {
    await page.run(Nothing, changeProfile, change);
  },
  setPicture: async ({ page }, { groupId, media }) => {
    if (groupId !== null) await requireMember(page, groupId);
    const url = media === null ? null : await toDataUrl(media);
    await page.run(Nothing, changePicture, { groupId, url }, PICTURE_WITHIN_MS);
  },
  getBusinessProfile: async ({ page, ids }, { chatId }) => {
    await ids.requirePerson(chatId);
    const found = await page.run(BusinessShape.nullable(), readBusiness, chatId);
    return found === null ? null : toBusiness(found);
  },
  getOwnBusinessProfile: async ({ page }) => {
    await requireBusiness(page);
    return toBusiness(await page.run(BusinessShape, readOwnBusiness, undefined));
  },
  setBusinessProfile: async ({ page }, { websites, hours, ...texts }) => {
    await requireBusiness(page);
    const change = {
      ...texts,
      ...(websites === undefined ? {} : { website: websites.map((url) => ({ url })) }),
      ...(hours === undefined ? {} : { business_hours: hours }),
    };
    await page.run(Nothing, (edit) => WPP.profile.editBusinessProfile(edit as never), change);
  },
  getPrivacy: async ({ page, addresses }) => toPrivacy(await privacyOf(page), (ids) => addresses.resolveAll(ids)),
  setPrivacy: async ({ page, ids }, { setting, value, people }) => {
    const wa = WA_PRIVACY[setting];
    if (wa === undefined) throw unsupportedSetting(setting);
    const wanted = people === undefined ? null : await ids.resolve(people);
    const listed = (await privacyOf(page)).people[wa.name] ?? [];
    const change = wanted === null ? null : setting === "status" ? difference([], wanted) : difference(listed, wanted);
    await page.run(Nothing, changePrivacy, { setting: wa.name, value: wa.values[value] ?? value, people: change });
  },
  listDevices: async ({ page }) => {
    const { devices, own } = await page.run(
      z.object({ devices: z.array(z.number()), own: z.number() }),
      readDevices,
      undefined,
    );
    const all = [...new Set([0, own, ...devices])].toSorted((a, b) => a - b);
    return all.map((device) => ({ device, own: device === own }));
  },
  rejectCall: async ({ page }, { callId }) => {
    await page.run(Nothing, (id) => WPP.call.reject(id), callId);
  },
  saveContact: async ({ page, ids }, { chatId, name }) => {
    await ids.requirePerson(chatId);
    await page.run(Nothing, (input) => WPP.contact.save(input.chatId, input.name), { chatId, name });
  },
  removeContact: async ({ page, ids }, { chatId }) => {
    await ids.requirePerson(chatId);
    await page.run(Nothing, (id) => WPP.contact.remove(id), chatId);
  },
  listCommonGroups: async ({ page, ids }, { chatId }) => {
    await ids.requirePerson(chatId);
    return page.run(z.array(Serialized), (id) => WPP.contact.getCommonGroups(id), chatId);
  },
};

function unsupportedSetting(setting: PrivacySetting): DriverError {
  return new DriverError("rejected", `a linked device cannot change ${setting}`, "unsupported_by_driver");
}
