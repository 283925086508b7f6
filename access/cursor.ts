/** List cursors: opaque to clients, and signed, so that only cursors issued for the same kind of list are accepted. */
import { fieldProblem } from "../contracts/errors.ts";
import type { Secrets } from "../mixins/secrets.ts";

/** The cursor for a position in lists of this kind. */
export function toCursor(secrets: Secrets, kind: string, position: string): string {
  return `${Buffer.from(position).toString("base64url")}.${secrets.mac("cursor", `${kind}|${position}`)}`;
}

/** The position in a cursor; the problem `cursor_invalid` at `pointer` if it was not issued for this kind of list. */
export function fromCursor(secrets: Secrets, kind: string, cursor: string, pointer = "?cursor"): string {
  const [encoded = "", mac = ""] = cursor.split(".");
  const position = Buffer.from(encoded, "base64url").toString();
  if (!secrets.isMac("cursor", `${kind}|${position}`, mac))
    throw fieldProblem(
      "cursor_invalid",
      pointer,
      "expected an unchanged cursor of this list, or none to start from the beginning",
    );
  return position;
}
