/** The move of an account from numbers to LIDs: what is stored gets the ids by which people are named from now on. */
import { noteLid, toPage, unknownIn } from "./addressing.ts";
import { commit, readAllMessages, readGroups } from "./storage.ts";
import { ask } from "./wire.ts";

const BATCH = 1000;

/** Renames people in the stored messages and groups. A number without a LID stays. */
export async function moveStored(): Promise<void> {
  const messages = await readAllMessages();
  const groups = await readGroups();
  const unknown = unknownIn([messages.map(({ wire: { media: _media, ...wire }, ...rest }) => [wire, rest]), groups]);
  for (let at = 0; at < unknown.length; at += BATCH)
    for (const { id, lid } of await ask("checkNumbers", { ids: unknown.slice(at, at + BATCH) })) noteLid(id, lid);
  const moved = messages.map((record) => toPage(record));
  const deleted = messages.filter(({ key }, index) => key !== moved[index]?.key).map(({ key }) => key);
  await commit({ messages: moved, deleted, groups: groups.map(toPage) });
}
