/** Cursors of lists: opaque to clients, and authenticated, so that what comes back is what was given out for this kind of list. */
import { fieldProblem } from "../contracts/errors.ts";
import type { Secrets } from "../mixins/secrets.ts";

/** The cursor of a place in the lists of this kind. */
export function toCursor(secrets: Secrets, kind: string, place: string): string {
  return `${Buffer.from(place).toString("base64url")}.${secrets.mac("cursor", `${kind}|${place}`)}`;
}

/** The place that a cursor stands for; the problem `cursor_invalid` at `pointer` when it was not made for this kind of list. */
export function fromCursor(secrets: Secrets, kind: string, cursor: string, pointer = "?cursor"): string {
  const [encoded = "", mac = ""] = cursor.split(".");
  const place = Buffer.from(encoded, "base64url").toString();
  if (!secrets.isMac("cursor", `${kind}|${place}`, mac))
    throw fieldProblem("cursor_invalid", pointer, "give back a cursor of this list as it was, or none to begin anew");
  return place;
}
