/** Paths as log lines show them: phone numbers and chat ids are personal data, and do not belong in the log. */
import { BASE_PATH } from "../../contracts/routes.ts";

/** Our ids and names of sessions, which are no numbers: `ses_…`, `main`, `support-2`. */
const ID = /^[a-z]{3}_[0-9a-f]{32}$/;
/** As many digits as the shortest phone number has. */
const SHORTEST_NUMBER = 6;

/** The path with `:number` in place of each part that contains a phone number or an id of a chat. */
export function loggedPath(path: string): string {
  if (!path.startsWith(BASE_PATH)) return path.slice(0, 200);
  return path
    .split("/")
    .map((part) => (isNumber(part) ? ":number" : part))
    .join("/")
    .slice(0, 200);
}

function isNumber(part: string): boolean {
  return !ID.test(part) && part.replace(/%2B|%40|%20|\D/gi, "").length >= SHORTEST_NUMBER;
}
