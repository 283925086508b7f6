/**
 * Schemas of the library's payloads: ids come as text or objects, times in seconds or ms, and fields under several
 * names.
 */
import { z } from "zod";
import { RichAttributes } from "../rich-content.ts";

/** A WhatsApp id or key, as text. */
export const Serialized = z.union([
  z.string(),
  z.object({ _serialized: z.string() }).transform((id) => id._serialized),
]);

/** Unix milliseconds, from seconds or milliseconds. */
export const Time = z.number().transform((time) => Math.round(time < 100_000_000_000 ? time * 1000 : time));

const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);
/** A field of an unexpected type counts as absent, so that no message is lost because of one odd field. */
export const lenient = <S extends z.ZodType>(schema: S) => maybe(schema).catch(undefined);

/** Bytes; on their way out of the page they become an object with their positions as names. */
const Waveform = z
  .union([z.array(z.number()), z.record(z.string(), z.number()).transform((bytes) => Object.values(bytes))])
  .refine((samples) => samples.length > 0);

export const Message = RichAttributes.extend({
  id: Serialized,
  type: z.string(),
  from: lenient(Serialized),
  to: lenient(Serialized),
  author: lenient(Serialized),
  t: lenient(Time),
  timestamp: lenient(Time),
  ack: lenient(z.number()),
  subtype: lenient(z.string()),
  body: lenient(z.string()),
  caption: lenient(z.string()),
  notifyName: lenient(z.string()),
  filename: lenient(z.string()),
  mimetype: lenient(z.string()),
  isViewOnce: lenient(z.boolean()),
  isGif: lenient(z.boolean()),
  duration: lenient(z.coerce.number().min(0).transform(Math.floor)),
  waveform: lenient(Waveform),
  lat: lenient(z.number()),
  lng: lenient(z.number()),
  loc: lenient(z.string()),
  vcardList: lenient(z.array(z.object({ vcard: z.string(), displayName: z.string().optional() }))),
  selectedId: lenient(z.string()),
  pollName: lenient(z.string()),
  pollOptions: lenient(z.array(z.object({ name: z.string() }))),
  pollSelectableOptionsCount: lenient(z.number()),
  quotedMsgId: lenient(Serialized),
  quotedStanzaID: lenient(z.string()),
  quotedParticipant: lenient(Serialized),
  mentionedJidList: lenient(z.array(Serialized)),
  recipients: lenient(z.array(Serialized)),
  hasReaction: lenient(z.boolean()),
  latestEditSenderTimestampMs: lenient(Time),
});
export type Message = z.infer<typeof Message>;

export const Edit = z.object({ id: Serialized, msg: Message });

/** The messages that one member of a group has acknowledged. */
export const Receipt = z.object({ ids: z.array(z.string()), ack: z.number(), by: z.string() });

export const Revoke = z.object({ refId: Serialized, author: lenient(Serialized), from: lenient(Serialized) });

export const Reaction = z.object({
  id: Serialized,
  msgId: Serialized,
  reactionText: z.string().nullish(),
  sender: Serialized,
  timestamp: Time,
});

export const Vote = z.object({
  msgId: Serialized,
  sender: Serialized,
  timestamp: Time,
  selectedOptions: z.array(z.object({ name: z.string() }).nullable().catch(null)),
});

export const Presence = z.object({
  id: Serialized,
  isOnline: lenient(z.boolean()),
  isGroup: lenient(z.boolean()),
  state: lenient(z.string()),
  participants: lenient(z.array(z.object({ id: Serialized, state: lenient(z.string()) }))),
});
export type Presence = z.infer<typeof Presence>;

export const Participants = z.object({
  by: lenient(Serialized),
  groupId: Serialized,
  action: z.string(),
  who: z.array(Serialized),
});

export const Call = z.object({
  id: z.string(),
  peerJid: Serialized,
  isVideo: lenient(z.boolean()),
  offerTime: lenient(Time),
});

export const GroupMetadata = z.object({
  id: Serialized,
  subject: lenient(z.string()),
  desc: lenient(z.string()),
  owner: lenient(Serialized),
  creation: lenient(Time),
  announce: lenient(z.boolean()),
  restrict: lenient(z.boolean()),
  membershipApprovalMode: lenient(z.boolean()),
  memberAddMode: lenient(z.union([z.string(), z.boolean()])),
  ephemeralDuration: lenient(z.number()),
  groupType: lenient(z.string()),
  parentGroup: lenient(Serialized),
  participants: z.array(
    z.object({ id: Serialized, isAdmin: lenient(z.boolean()), isSuperAdmin: lenient(z.boolean()) }),
  ),
});
export type GroupMetadata = z.infer<typeof GroupMetadata>;
