/** Privacy settings of an account, in the words of this API. */
import { z } from "zod";
import { Address } from "./address.ts";

const SEEN_BY = ["all", "contacts", "contacts_except", "none"] as const;

/** The values that each setting accepts. */
export const PRIVACY_VALUES = {
  lastSeen: SEEN_BY,
  online: ["all", "match_last_seen"],
  picture: SEEN_BY,
  about: SEEN_BY,
  readReceipts: ["all", "none"],
  groups: ["all", "contacts", "contacts_except"],
  calls: ["all", "known"],
  messages: ["all", "contacts"],
  status: ["contacts", "contacts_except", "only"],
} as const;
export type PrivacySetting = keyof typeof PRIVACY_VALUES;
export const PRIVACY_SETTINGS = Object.keys(PRIVACY_VALUES) as [PrivacySetting, ...PrivacySetting[]];

const MEANINGS: Readonly<Record<PrivacySetting, string>> = {
  lastSeen: "Who sees when the account was last online",
  online: "Who sees that the account is online",
  picture: "Who sees the profile picture",
  about: "Who sees the about text",
  readReceipts: "Whether read receipts are sent, and received",
  groups: "Who may add the account to groups",
  calls: "Who may call; known: not unknown numbers",
  messages: "Who may write",
  status: "Who sees the account's statuses",
};

function setting<S extends PrivacySetting>(name: S) {
  return z.enum(PRIVACY_VALUES[name]).nullable().describe(`${MEANINGS[name]}; null when the driver cannot read it`);
}

/** The settings, and the people of the lists that belong to them. */
export const PrivacyView = z
  .object({
    settings: z
      .object({
        lastSeen: setting("lastSeen"),
        online: setting("online"),
        picture: setting("picture"),
        about: setting("about"),
        readReceipts: setting("readReceipts"),
        groups: setting("groups"),
        calls: setting("calls"),
        messages: setting("messages"),
        status: setting("status"),
      })
      .describe("Who sees what, and who may do what"),
    people: z
      .partialRecord(z.enum(PRIVACY_SETTINGS), z.array(Address))
      .describe("The people whom contacts_except leaves out; for a status that is `only` for some, those who see it"),
  })
  .meta({ id: "Privacy" });

export type Privacy = z.infer<typeof PrivacyView>;
