/** Cursors of the sandbox lists: opaque to clients; inside, values separated by spaces. */
import { fieldProblem } from "../contracts/errors.ts";

export function encodeCursor(...values: (string | number)[]): string {
  return Buffer.from(values.join(" ")).toString("base64url");
}

/** The values of a cursor; throws the problem `cursor_invalid` when it does not match `form`. */
export function decodeCursor(cursor: string, form: RegExp): string[] {
  const text = Buffer.from(cursor, "base64url").toString();
  if (!form.test(text)) throw fieldProblem("cursor_invalid", "?cursor", "must be a nextCursor of this list, unchanged");
  return text.split(" ");
}
