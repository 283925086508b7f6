/** The recipients of messages. */
import { RecipientReader } from "../../contracts/address.ts";

/** The chat ids of recipients that messages can be sent to. Throws a problem with an error for each other one. */
export function requireAllWritable(
  texts: readonly string[],
  country: string | null,
  pointerOf: (index: number) => string,
): string[] {
  const reader = new RecipientReader(country);
  const chatIds = texts.map((text, index) => reader.readWritable(text, pointerOf(index)) ?? "");
  reader.finish();
  return chatIds;
}

/** The chat id of a recipient that messages can be sent to. Throws a problem at `pointer` for any other. */
export function requireWritable(text: string, country: string | null, pointer: string): string {
  return requireAllWritable([text], country, () => pointer)[0]!;
}
