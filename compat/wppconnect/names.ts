/** Names of sessions: wppconnect-server takes any, ours are in small letters. */

/** Our name of a session that the client calls `name`: the same one for all its spellings. */
export function toSessionName(name: string): string {
  const small = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 63);
  return small === "" ? "session" : small.replace(/^ses_/, "ses-");
}

/** The metadata of a session that keeps the name which the client uses. */
export const NAME_METADATA = "wppconnect-server.name";
