/** Operations on the account itself: its profile, picture, privacy settings, devices and calls. */
import { readFile } from "node:fs/promises";
import { MESSAGE_FAILURE_WORDS } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { WireBusinessProfile } from "../../contracts/sandbox-wire-business.ts";
import type { WireMe } from "../../contracts/sandbox-wire.ts";
import type { PrivacyCategory, WirePrivacy } from "../../contracts/sandbox-wire-people.ts";
import type { AccountOperations, BusinessProfileInfo } from "../operations/account.ts";
import { toPrivacy, WA_PRIVACY, type WaPrivacy } from "../privacy-values.ts";
import type { AddressBook } from "./address-book.ts";
import type { Request } from "./requests.ts";

/** The sandbox's words for who sees the statuses are those of the contract, not WhatsApp's. */
const AUDIENCES = { contacts: "contact", except: "deny-list", only: "allow-list" } as const;

function toWaPrivacy({ values, excluded, status }: WirePrivacy): WaPrivacy {
  return {
    values: { ...values, status: AUDIENCES[status.audience] },
    people: { ...excluded, status: status.audience === "contacts" ? [] : status.list },
  };
}

export function accountOperations(request: Request, people: AddressBook, self: () => WireMe): AccountOperations {
  return {
    getProfile: async () => {
      const { name, about, picture, business } = await request("profile", { id: self().id });
      return { name, about, pictureUrl: picture, isBusiness: business };
    },
    setProfile: async (change) => {
      await request("setProfile", change);
    },
    setPicture: async ({ groupId, media }) => {
      const picture =
        media === null ? null : `data:${media.mimetype};base64,${(await readFile(media.path)).toString("base64")}`;
      await request("setPicture", { id: groupId ?? self().id, picture });
    },
    ...businessOperations(request, self),
    ...privacyOperations(request, people),
    listDevices: async () => {
      const { device: own } = self();
      return (await request("devices", {})).map((device) => ({ device, own: device === own }));
    },
    rejectCall: async ({ callId }) => {
      await request("answerCall", { id: callId, accept: false });
    },
    saveContact: async ({ chatId, name }) => {
      await request("saveContact", { id: chatId, name });
    },
    removeContact: async ({ chatId }) => {
      await request("removeContact", { id: chatId });
    },
    listCommonGroups: async ({ chatId }) => {
      const [person] = await request("checkNumbers", { ids: [chatId] });
      if (person?.exists !== true)
        throw new DriverError("rejected", MESSAGE_FAILURE_WORDS.number_not_on_whatsapp, "number_not_on_whatsapp");
      const groups = await request("groups", {});
      return groups.filter(({ participants }) => participants.some(({ id }) => id === person.id)).map(({ id }) => id);
    },
  };
}

function businessOperations(request: Request, self: () => WireMe) {
  return {
    getBusinessProfile: async ({ chatId }) => {
      const found = await request("businessProfile", { id: chatId });
      return found === null ? null : toBusiness(found);
    },
    getOwnBusinessProfile: async () => {
      const found = await request("businessProfile", { id: self().id });
      if (found === null) throw new DriverError("rejected", MESSAGE_FAILURE_WORDS.business_only, "business_only");
      return toBusiness(found);
    },
    setBusinessProfile: async ({ websites, hours, ...texts }) => {
      await request("setBusinessProfile", {
        ...texts,
        ...(websites === undefined ? {} : { website: [...websites] }),
        ...(hours === undefined ? {} : { hours: { ...hours } }),
      });
    },
  } satisfies Partial<AccountOperations>;
}

function toBusiness(profile: WireBusinessProfile): BusinessProfileInfo {
  const { description, address, email, website: websites, categories, hours } = profile;
  const named = categories.map(({ id, localized_display_name: name }) => ({ id, name }));
  return { description, address, email, websites, categories: named, hours };
}

function privacyOperations(request: Request, people: AddressBook) {
  return {
    getPrivacy: async () => {
      const privacy = toWaPrivacy(await request("privacy", {}));
      return toPrivacy(privacy, async (ids) => ids.map((id) => people.of(id)));
    },
    setPrivacy: async ({ setting, value, people: listed }) => {
      const wa = WA_PRIVACY[setting];
      if (wa === undefined)
        throw new DriverError("rejected", `a linked device cannot change ${setting}`, "unsupported_by_driver");
      if (setting === "status") {
        const audience = value === "contacts_except" ? "except" : (value as "contacts" | "only");
        await request("setStatusPrivacy", { audience, list: [...(listed ?? [])] });
        return;
      }
      await request("setPrivacy", {
        category: wa.name as PrivacyCategory,
        value: wa.values[value] ?? value,
        ...(listed === undefined ? {} : { excluded: [...listed] }),
      });
    },
  } satisfies Partial<AccountOperations>;
}
