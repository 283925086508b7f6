/** Cursors of the sandbox's lists: opaque outside, a short list of words inside. */
import { fieldProblem } from "../contracts/errors.ts";

export function encodeCursor(...words: (string | number)[]): string {
  return Buffer.from(words.join(" ")).toString("base64url");
}

/** The words of a cursor; throws the problem `cursor_invalid` when it does not have the form. */
export function decodeCursor(cursor: string, form: RegExp): string[] {
  const text = Buffer.from(cursor, "base64url").toString();
  if (!form.test(text)) throw fieldProblem("cursor_invalid", "?cursor", "give a nextCursor of this list, unchanged");
  return text.split(" ");
}
