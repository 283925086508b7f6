/** Results of changes to a group's participants: one for each, with the same reasons from every driver. */
import { z } from "zod";

/** Why a participant was not changed, for people to read, by its code. */
const REASONS = {
  not_on_whatsapp: "the number is not on WhatsApp",
  privacy: "their privacy settings forbid adding them; send them the group's invite link",
  already_participant: "is a participant already",
  not_participant: "is not a participant of the group",
  no_change: "has these rights already",
  no_request: "has no pending request to join",
  left_recently: "left the group a short while ago",
  group_full: "the group is full",
  awaiting_approval: "waits for an admin's approval",
  refused: "WhatsApp refused the change",
  no_answer: "WhatsApp returned no result for this participant",
} as const;

export const ParticipantFailure = z.enum(Object.keys(REASONS) as [keyof typeof REASONS, ...(keyof typeof REASONS)[]]);
export type ParticipantFailure = z.infer<typeof ParticipantFailure>;

export const ParticipantResult = z
  .object({
    participant: z.string(),
    ok: z.boolean(),
    code: ParticipantFailure.nullable().describe("Why it failed, for programs; null when it did not"),
    reason: z.string().nullable().describe("The same for people"),
  })
  .meta({ id: "ParticipantResult" });
export type ParticipantResult = z.infer<typeof ParticipantResult>;

/** The result for a participant; `failure` is null when the change was made. */
export function participantResult(participant: string, failure: ParticipantFailure | null): ParticipantResult {
  return { participant, ok: failure === null, code: failure, reason: failure === null ? null : REASONS[failure] };
}

export type ParticipantAction = "add" | "remove" | "promote" | "demote" | "answer";

/** WhatsApp's status codes for one participant. */
const FAILURES: Readonly<Record<number, ParticipantFailure>> = {
  401: "privacy",
  403: "privacy",
  404: "not_on_whatsapp",
  408: "left_recently",
  409: "already_participant",
  419: "group_full",
  421: "awaiting_approval",
};
/** Codes that mean something else in changes other than adding. */
const FAILURES_OF: Readonly<Partial<Record<ParticipantAction, Readonly<Record<number, ParticipantFailure>>>>> = {
  remove: { 404: "not_participant" },
  promote: { 404: "not_participant", 409: "no_change" },
  demote: { 404: "not_participant", 409: "no_change" },
  answer: { 404: "no_request" },
};

/** The failure for WhatsApp's status code; null for success. */
export function failureOfStatus(action: ParticipantAction, status: number): ParticipantFailure | null {
  if (status === 200) return null;
  return FAILURES_OF[action]?.[status] ?? FAILURES[status] ?? "refused";
}
