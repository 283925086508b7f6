/** Schemas of requests about profiles, privacy settings, the address book, labels and calls. */
import { z } from "zod";
import { PRIVACY_CATEGORIES, type WirePeopleOperations } from "../contracts/sandbox-wire-people.ts";
import { chat, empty, messageId, people, picture } from "./wire-fields.ts";

const label = z.string().regex(/^\d{1,9}$/, "must be the id of a label");
const personName = z.string().trim().min(1).max(100);
const username = z.string().regex(/^[a-z0-9._]{3,35}$/, "must be 3 to 35 letters, digits, dots or underscores");

/** The values that each setting can have. */
const PRIVACY_VALUES: Readonly<Record<(typeof PRIVACY_CATEGORIES)[number], readonly string[]>> = {
  about: ["all", "contacts", "none", "contact_blacklist"],
  callAdd: ["all", "known"],
  groupAdd: ["all", "contacts", "contact_blacklist"],
  lastSeen: ["all", "contacts", "none", "contact_blacklist"],
  online: ["all", "match_last_seen"],
  profilePicture: ["all", "contacts", "none", "contact_blacklist"],
  readReceipts: ["all", "none"],
};

const setPrivacy = z
  .strictObject({
    category: z.enum(PRIVACY_CATEGORIES),
    value: z.string().max(40),
    excluded: people.exactOptional(),
  })
  .superRefine(({ category, value }, context) => {
    if (!PRIVACY_VALUES[category].includes(value))
      context.addIssue({
        code: "custom",
        path: ["value"],
        message: `is none of ${PRIVACY_VALUES[category].join(", ")}`,
      });
  });

export const peopleInputs: { readonly [N in keyof WirePeopleOperations]: z.ZodType<WirePeopleOperations[N][0]> } = {
  devices: empty,
  profile: z.strictObject({ id: chat }),
  setProfile: z.strictObject({
    name: personName.exactOptional(),
    about: z.string().max(139).exactOptional(),
    username: z.union([z.literal(""), username]).exactOptional(),
  }),
  setPicture: z.strictObject({ id: chat, picture: picture.nullable() }),
  saveContact: z.strictObject({ id: chat, name: personName }),
  removeContact: z.strictObject({ id: chat }),
  findUsername: z.strictObject({ username: z.string().max(100) }),
  reportSpam: z.strictObject({ id: chat }),
  privacy: empty,
  setPrivacy,
  setStatusPrivacy: z.strictObject({ audience: z.enum(["contacts", "except", "only"]), list: people }),
  labels: empty,
  setLabel: z.strictObject({
    id: label.exactOptional(),
    name: personName,
    color: z.int().min(0).max(100),
    kind: z.enum(["label", "list"]).exactOptional(),
  }),
  deleteLabel: z.strictObject({ id: label }),
  labelChats: z.strictObject({ id: label, chats: z.array(chat).max(1000), add: z.boolean() }),
  offerCall: z.strictObject({ to: chat, video: z.boolean() }),
  answerCall: z.strictObject({ id: messageId, accept: z.boolean() }),
  endCall: z.strictObject({ id: messageId }),
  calls: empty,
};
