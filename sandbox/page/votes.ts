/** Poll votes. */
import { define } from "./loader.ts";
import { MsgKey } from "./message-key.ts";
import { readMessage, type MessageRecord } from "./storage.ts";
import { createWid, type Wid } from "./wid.ts";

interface VoteData {
  parentMsgKey: MsgKey;
  senderTimestampMs: number;
  selectedOptionLocalIds: number[];
  sender: Wid;
}

/** wa-js wraps this function, in the module's object, to see votes. */
const voteModule = define("WAWebPollsVotesSchema", {
  upsertVotes: (_votes: VoteData[]): Promise<void> => Promise.resolve(),
});

/** Code of others watches this table. */
const { pollVoteTableMode } = define("WAWebAddonPollVoteTableMode", {
  pollVoteTableMode: { bulkUpsert: (_rows: object[]): Promise<void> => Promise.resolve() },
});

/** Passes the votes that a message holds on to those who watch. */
export async function showVotes(id: MsgKey, votes: VoteData[]): Promise<void> {
  await voteModule.upsertVotes(votes);
  const rows = votes.map(({ parentMsgKey, senderTimestampMs, selectedOptionLocalIds, sender }) => ({
    id,
    pollUpdateParentKey: parentMsgKey,
    t: senderTimestampMs,
    selectedOptionLocalIds,
    author: sender,
  }));
  await pollVoteTableMode.bulkUpsert(rows);
}

/** The votes of a stored poll, in the form that wa-js reads. */
export function votesOf(record: MessageRecord): VoteData[] {
  const options = record.wire.options ?? [];
  return (record.votes ?? []).map((vote) => ({
    parentMsgKey: MsgKey.fromString(record.key),
    senderTimestampMs: vote.at,
    selectedOptionLocalIds: vote.options.map((option) => options.indexOf(option)).filter((index) => index >= 0),
    sender: createWid(vote.from),
  }));
}

define("WAWebPollsGetVotes", {
  getVote: () => Promise.resolve(null),
  getVotes: async (keys: MsgKey[]) => {
    const records = await Promise.all(keys.map((key) => readMessage(key.toString())));
    return records.flatMap((record) => (record === undefined ? [] : votesOf(record)));
  },
});
