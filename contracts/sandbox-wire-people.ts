/** The sandbox's wire protocol: profiles, privacy settings, the address book, labels and calls. */

/** What the settings are about. The values are WhatsApp's own words. */
export const PRIVACY_CATEGORIES = [
  "about",
  "callAdd",
  "groupAdd",
  "lastSeen",
  "online",
  "profilePicture",
  "readReceipts",
] as const;
export type PrivacyCategory = (typeof PRIVACY_CATEGORIES)[number];

export interface WirePrivacy {
  /** `all`, `contacts`, `none`, `contact_blacklist`, or of `online` `match_last_seen`. */
  values: Record<PrivacyCategory, string>;
  /** Who is excluded while the value is `contact_blacklist`. */
  excluded: Partial<Record<PrivacyCategory, string[]>>;
  /** Who sees the account's statuses: `list` holds those who do not, or the only ones who do. */
  status: { audience: "contacts" | "except" | "only"; list: string[] };
}

/** What an account shows to another one, or what a group shows. */
export interface WireProfile {
  /** The name that the account has chosen for itself. */
  name: string | null;
  /** The name in the address book of the one who asks. */
  savedName: string | null;
  /** Null when there is none, or when it is hidden from the one who asks. */
  about: string | null;
  /** A `data:` URL; null as for `about`. */
  picture: string | null;
  business: boolean;
  username: string | null;
}

/** A label of a business, or a list of chats of any account. */
export interface WireLabel {
  id: string;
  name: string;
  /** Index of the color. */
  color: number;
  kind: "label" | "list";
  chats: string[];
}

export interface WireCall {
  id: string;
  from: string;
  to: string;
  video: boolean;
  state: "ringing" | "accepted" | "rejected" | "ended";
  at: number;
}

type Nothing = Record<string, never>;

export interface WirePeopleOperations {
  /** The numbers of the account's devices; the phone is number 0. */
  devices: [Nothing, number[]];
  /** A person, or a group. */
  profile: [{ id: string }, WireProfile];
  /** Changes what is given; an empty username removes it. */
  setProfile: [{ name?: string; about?: string; username?: string }, Nothing];
  /** The picture of the account itself, or of a group that it may change; null removes it. */
  setPicture: [{ id: string; picture: string | null }, Nothing];
  /** Saves a contact under a name in the account's address book. */
  saveContact: [{ id: string; name: string }, Nothing];
  removeContact: [{ id: string }, Nothing];
  findUsername: [{ username: string }, { id: string; lid: string } | null];
  reportSpam: [{ id: string }, { reportId: string }];
  privacy: [Nothing, WirePrivacy];
  setPrivacy: [{ category: PrivacyCategory; value: string; excluded?: string[] }, WirePrivacy];
  setStatusPrivacy: [WirePrivacy["status"], WirePrivacy];
  labels: [Nothing, WireLabel[]];
  /** Creates a label, or changes the one with the id. Labels are for businesses, lists for everyone. */
  setLabel: [{ id?: string; name: string; color: number; kind?: WireLabel["kind"] }, WireLabel];
  deleteLabel: [{ id: string }, Nothing];
  /** Puts the label on chats, or takes it off. */
  labelChats: [{ id: string; chats: string[]; add: boolean }, WireLabel];
  /** Calls a number. */
  offerCall: [{ to: string; video: boolean }, WireCall];
  /** Answers a call that rings. */
  answerCall: [{ id: string; accept: boolean }, WireCall];
  /** Ends a call that rings or is under way. */
  endCall: [{ id: string }, WireCall];
  /** The account's calls since the sandbox was opened, latest first. */
  calls: [Nothing, WireCall[]];
}
