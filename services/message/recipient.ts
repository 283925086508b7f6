/** The recipient of a message. */
import { isWritable, parseRecipient } from "../../contracts/address.ts";
import { fieldProblem } from "../../contracts/errors.ts";

/** The chat id of a recipient that messages can be sent to. Throws a problem at `pointer` for any other. */
export function requireWritable(text: string, country: string | null, pointer: string): string {
  const chatId = parseRecipient(text, country, pointer);
  if (isWritable(chatId)) return chatId;
  const detail = `${chatId} cannot be written to: a channel, a broadcast list or the status; use a person or a group`;
  throw fieldProblem("unsupported_by_driver", pointer, detail);
}
