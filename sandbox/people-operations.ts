/** The operations about people: profiles, privacy settings, the address book, labels and calls. */
import { randomBytes } from "node:crypto";
import type { WirePeopleOperations, WireProfile } from "../contracts/sandbox-wire-people.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { AddressBook } from "./address-book.ts";
import type { Announcements } from "./announcements.ts";
import type { Blocks } from "./blocks.ts";
import type { Calls } from "./calls.ts";
import type { Devices } from "./devices.ts";
import type { Groups } from "./groups.ts";
import type { Labels } from "./labels.ts";
import type { Caller, OperationsOf } from "./operations.ts";
import type { Pictures } from "./pictures.ts";
import type { Privacy } from "./privacy.ts";
import { Refusal } from "./refusal.ts";

interface Parts {
  readonly accounts: Accounts;
  readonly announcements: Announcements;
  readonly blocks: Blocks;
  readonly book: AddressBook;
  readonly calls: Calls;
  readonly devices: Devices;
  readonly groups: Groups;
  readonly labels: Labels;
  readonly pictures: Pictures;
  readonly privacy: Privacy;
}

/** What WhatsApp gives everyone as an about text. */
const ABOUT = "Hey there! I am using WhatsApp.";

export function peopleOperations(parts: Parts): OperationsOf<WirePeopleOperations> {
  return {
    ...profileOperations(parts),
    ...privacyOperations(parts),
    ...labelOperations(parts),
    ...callOperations(parts),
  };
}

/** What the viewer sees of a person: nothing that is hidden, or of someone who has blocked the viewer. */
function profileOf({ blocks, book, pictures, privacy }: Parts, viewer: Account, person: Account): WireProfile {
  const isShown = (category: "about" | "profilePicture"): boolean =>
    !blocks.has(person.id, viewer.id) && privacy.allows(person.id, viewer.id, category);
  return {
    name: person.name,
    savedName: book.nameOf(viewer.id, person),
    about: isShown("about") ? (person.about ?? ABOUT) : null,
    picture: isShown("profilePicture") ? pictures.of(person.id) : null,
    business: person.business === 1,
    username: person.username,
  };
}

function profileOperations(parts: Parts) {
  const { accounts, announcements, book, groups, pictures } = parts;
  return {
    devices: ({ account }) => [0, ...parts.devices.idsOf(account.id)],
    profile: ({ account }: Caller, { id }: { id: string }) => {
      if (!id.endsWith("@g.us")) return profileOf(parts, account, accounts.require(account.tenant, id));
      const name = groups.nameOf(account, id);
      const picture = name === null ? null : pictures.of(id);
      return { name, savedName: null, about: null, picture, business: false, username: null };
    },
    setProfile: ({ account }, change) => {
      const changed = accounts.setProfile(account, change);
      if (changed.name !== account.name) announcements.name(changed);
      if (changed.about !== account.about) announcements.profile(changed);
      return {};
    },
    setPicture: ({ account }, { id, picture }) => {
      if (id.endsWith("@g.us")) {
        groups.requireEditor(account, id);
        pictures.set(id, picture);
        const members = groups.read(id).participants.map((participant) => participant.id);
        announcements.to(members, { type: "profile", id });
        return {};
      }
      if (accounts.find(account.tenant, id)?.id !== account.id)
        throw new Refusal("refused", "an account can only change its own picture");
      pictures.set(account.id, picture);
      announcements.profile(account);
      return {};
    },
    saveContact: ({ account }, { id, name }) => saveContact({ account }, id, name),
    removeContact: ({ account }, { id }) => saveContact({ account }, id, null),
    findUsername: ({ account }, { username }) => {
      const found = accounts.byUsername(account.tenant, username);
      return found === undefined ? null : { id: found.id, lid: found.lid };
    },
    reportSpam: ({ account }, { id }) => {
      if (!id.endsWith("@g.us")) accounts.require(account.tenant, id);
      return { reportId: randomBytes(8).toString("hex").toUpperCase() };
    },
  } satisfies Partial<OperationsOf<WirePeopleOperations>>;

  function saveContact({ account }: Pick<Caller, "account">, id: string, name: string | null): Record<string, never> {
    const contact = accounts.require(account.tenant, id);
    book.save(account.id, contact.id, name);
    announcements.contact(account.id, contact);
    return {};
  }
}

function privacyOperations({ accounts, announcements, privacy }: Parts) {
  const announced = (account: Account) => {
    const settings = privacy.of(accounts.get(account.id));
    announcements.to([account.id], { type: "privacy", privacy: settings });
    return settings;
  };
  return {
    privacy: ({ account }) => privacy.of(account),
    setPrivacy: ({ account }, { category, value, excluded }) => {
      privacy.set(account, category, value, excluded);
      return announced(account);
    },
    setStatusPrivacy: ({ account }, setting) => {
      privacy.setStatusAudience(account, setting);
      return announced(account);
    },
  } satisfies Partial<OperationsOf<WirePeopleOperations>>;
}

function labelOperations({ labels }: Parts) {
  return {
    labels: ({ account }) => labels.of(account),
    setLabel: ({ account }, input) => labels.set(account, input),
    deleteLabel: ({ account }, { id }) => {
      labels.remove(account, id);
      return {};
    },
    labelChats: ({ account }, input) => labels.changeChats(account, input),
  } satisfies Partial<OperationsOf<WirePeopleOperations>>;
}

function callOperations({ calls }: Parts) {
  return {
    offerCall: ({ account }, input) => calls.offer(account, input),
    answerCall: ({ account }, input) => calls.answer(account, input),
    endCall: ({ account }, { id }) => calls.end(account, id),
    calls: ({ account }) => calls.of(account),
  } satisfies Partial<OperationsOf<WirePeopleOperations>>;
}
