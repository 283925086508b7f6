/** The key of a message that a request refers to. */
import { parseKey, type MessageKey } from "../contracts/message-key.ts";
import { MESSAGE_FAILURE_WORDS } from "../contracts/states.ts";
import { DriverError } from "../contracts/transport.ts";

export function targetNotFound(): DriverError {
  return new DriverError("rejected", MESSAGE_FAILURE_WORDS.target_not_found, "target_not_found");
}

/** Parses the key; a text that is not one refers to no message, and throws `target_not_found`. */
export function requireKey(text: string): MessageKey {
  const key = parseKey(text);
  if (key === null) throw targetNotFound();
  return key;
}
