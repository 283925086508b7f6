/** Translates the page's refusals into DriverErrors. */
import { MESSAGE_FAILURE_WORDS, type MessageFailure } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import { PageError } from "./page-calls.ts";

/** By wa-js's codes, and those of this driver's own functions in the page. */
const FAILURES: Record<string, MessageFailure> = {
  msg_not_found: "target_not_found",
  chat_not_found: "target_not_found",
  call_not_found: "target_not_found",
  call_is_not_incoming_ring: "target_not_found",
  invalid_wid: "invalid_recipient",
  edit_message_error: "too_late_to_change",
  file_too_large: "media_rejected",
  invalid_data_url: "media_rejected",
  group_you_are_not_admin: "group_admin_only",
  group_you_are_restricted_member: "group_admin_only",
  you_are_not_allowed_set_group_subject: "group_admin_only",
  you_are_not_allowed_set_group_description: "group_admin_only",
  you_are_not_allowed_set_group_property: "group_admin_only",
  you_are_not_allowed_set_ephemeral_setting: "group_admin_only",
  group_participant_not_found: "target_not_found",
  not_valid_group_participants: "target_not_found",
  group_participant_is_not_a_group_member: "target_not_found",
  group_participant_is_already_a_group_admin: "rejected_by_network",
  group_participant_is_already_not_a_group_admin: "rejected_by_network",
  participant_not_exists: "number_not_on_whatsapp",
  not_a_group: "invalid_recipient",
  quoted_msg_can_not_reply: "target_not_found",
  invalid_invite_code: "target_not_found",
  not_group_member: "not_group_member",
  not_own_message: "rejected_by_network",
  kind_not_editable: "rejected_by_network",
};

/** By the status of WhatsApp's server. */
const STATUSES: Record<number, MessageFailure> = {
  401: "group_admin_only",
  403: "group_admin_only",
  404: "target_not_found",
  410: "too_late_to_change",
};

/**
 * The DriverError for the failure of a call into the page. An error that is not a known refusal leaves the outcome
 * unknown.
 */
export function toDriverError(error: unknown): DriverError {
  if (error instanceof DriverError) return error;
  if (!(error instanceof PageError)) return new DriverError("unknown", String(error));
  const failure =
    FAILURES[error.code] ?? (error.status === 0 ? undefined : (STATUSES[error.status] ?? "rejected_by_network"));
  return failure === undefined
    ? new DriverError("unknown", `${error.code}: ${error.message}`)
    : new DriverError("rejected", MESSAGE_FAILURE_WORDS[failure], failure);
}

/** For steps before a message is sent: after a failure in one of them, it was certainly not sent. */
export function throwNotSent(error: unknown): never {
  const failure = toDriverError(error);
  throw failure.kind === "unknown" ? new DriverError("not_sent", failure.message) : failure;
}
