/** Changes of chats: those in the account's list, and others. */
import { idOf } from "./world.ts";
import { DONE, row, type Row, type Table } from "./table.ts";

const LISTED = "peer peerLid ownGroup theirs";
const UNLISTED = "stranger absent absentLid absentGroup foreign";

function unsupported(operation: string): Record<string, unknown> {
  const says = (id: string) => `the driver does not support the operation ${operation} for ${id}`;
  return Object.fromEntries(
    ["channel", "list", "status"].map((id) => [
      id,
      { kind: "rejected", failure: "unsupported_by_driver", says: says(id) },
    ]),
  );
}

type Change = "unread" | "archive" | "unarchive" | "pin" | "unpin" | "mute" | "unmute" | "clear" | "delete";

function changes(names: readonly Change[]): Record<string, Row> {
  const answers = { [LISTED]: DONE, [UNLISTED]: "target_not_found", ...unsupported("changeChat") };
  const one = (change: Change) =>
    row((world, who) => world.run.changeChat({ chatId: idOf(world, who), change }), answers);
  return Object.fromEntries(
    names.flatMap((name) => [
      [name, one(name)],
      [`${name} again`, one(name)],
    ]),
  );
}

export const CHAT_TABLE: Table = {
  markRead: row((world, who) => world.run.markRead({ chatId: idOf(world, who) }), {
    [LISTED]: DONE,
    [UNLISTED]: "target_not_found",
    ...unsupported("markRead"),
  }),
  ...changes(["unread", "archive", "unarchive", "pin", "unpin", "mute", "unmute", "clear"]),
  delete: row((world, who) => world.run.changeChat({ chatId: idOf(world, who), change: "delete" }), {
    "peer theirs": DONE,
    [`${UNLISTED} peer peerLid`]: "target_not_found",
  }),
  leaveDeleted: row((world, who) => world.run.leaveGroup({ groupId: idOf(world, who) }), { theirs: DONE }),
};
