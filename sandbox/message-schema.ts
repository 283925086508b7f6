/** The strict schema of a message that a device or a phone sends. */
import { z } from "zod";
import { CONTENT_KINDS, MEDIA_KINDS } from "../contracts/message-kinds.ts";
import { refusedOptions } from "../contracts/sandbox.ts";
import { RICH_KINDS } from "../contracts/sandbox-wire-messages.ts";
import { isEmoji } from "../contracts/emoji.ts";
import type { WireOperations } from "../contracts/sandbox-wire.ts";
import { chat, messageId } from "./wire-fields.ts";

/** The largest frame, in bytes: 16 MB of media, as Base64, fit into it. */
export const FRAME_LIMIT = 24 * 1024 * 1024;
/** The largest content of a rich kind, in characters of JSON. */
const DETAILS_LIMIT = 512 * 1024;

const Media = z.strictObject({
  mimetype: z.string().min(1).max(200),
  filename: z.string().max(255).nullable(),
  data: z.string().max(FRAME_LIMIT).refine(isBase64, "must be Base64"),
});

/** Zod's own check is a backtracking expression; this one is linear, as the text can have tens of megabytes. */
function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function isSmall(details: object): boolean {
  return JSON.stringify(details).length <= DETAILS_LIMIT;
}

const type = z.enum([...CONTENT_KINDS, ...RICH_KINDS, "reaction", "edit", "revoke", "poll_vote"]);

/** The fields that each type requires. */
const REQUIRED_FIELDS: Partial<Record<z.output<typeof type>, readonly (keyof WireOperations["send"][0])[]>> = {
  text: ["text"],
  ...Object.fromEntries(MEDIA_KINDS.map((name) => [name, ["media"]])),
  location: ["latitude", "longitude"],
  contact: ["contacts"],
  poll: ["text", "options"],
  ...Object.fromEntries(RICH_KINDS.map((name) => [name, ["details"]])),
  reaction: ["targetId", "text"],
  edit: ["targetId", "text"],
  revoke: ["targetId"],
  poll_vote: ["targetId", "options"],
};

export const Draft = z
  .strictObject({
    id: messageId,
    to: chat,
    type,
    text: z.string().max(65_536).exactOptional(),
    media: Media.exactOptional(),
    viewOnce: z.boolean().exactOptional(),
    seconds: z.int().min(0).exactOptional(),
    waveform: z.array(z.int().min(0).max(100)).max(64).exactOptional(),
    latitude: z.number().min(-90).max(90).exactOptional(),
    longitude: z.number().min(-180).max(180).exactOptional(),
    name: z.string().max(1000).exactOptional(),
    address: z.string().max(1000).exactOptional(),
    contacts: z
      .array(z.strictObject({ name: z.string().max(200), vcard: z.string().min(1).max(20_000) }))
      .min(1)
      .max(50)
      .exactOptional(),
    options: z.array(z.string().min(1).max(100)).max(12).exactOptional(),
    selectableCount: z.int().min(0).max(12).exactOptional(),
    quotedId: messageId.exactOptional(),
    quotedFrom: chat.exactOptional(),
    targetId: messageId.exactOptional(),
    targetFrom: chat.exactOptional(),
    mentions: z.array(chat).max(256).exactOptional(),
    forwarded: z.boolean().exactOptional(),
    details: z.record(z.string().max(100), z.unknown()).refine(isSmall, "is too long").exactOptional(),
    liveSeconds: z.int().min(1).max(28_800).exactOptional(),
  })
  .superRefine((draft, context) => {
    for (const field of REQUIRED_FIELDS[draft.type] ?? []) {
      if (draft[field] === undefined)
        context.addIssue({ code: "custom", path: [field], message: `is required for a message of type ${draft.type}` });
    }
    for (const [field, option] of refusedOptions(draft))
      context.addIssue({ code: "custom", path: [field], message: `a message of type ${draft.type} has no ${option}` });
    for (const [field, message] of findFaults(draft)) context.addIssue({ code: "custom", path: [field], message });
  });

/** What WhatsApp's server refuses although every field has its type. */
function findFaults(draft: WireOperations["send"][0]): [field: string, message: string][] {
  const { type: kind, text = "", options = [] } = draft;
  if (kind === "reaction" && text !== "" && !isEmoji(text)) return [["text", "a reaction is a single emoji"]];
  if (kind !== "poll") return [];
  const faults: [string, string][] = [];
  if (text.trim() === "") faults.push(["text", "a poll needs a question"]);
  if (options.length < 2) faults.push(["options", "a poll needs at least two options"]);
  if (options.some((option) => option.trim() === "")) faults.push(["options", "a poll's option must not be blank"]);
  if (new Set(options).size < options.length) faults.push(["options", "a poll's options must be different"]);
  return faults;
}
