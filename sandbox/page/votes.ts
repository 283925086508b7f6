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
export const voteModule = define("WAWebPollsVotesSchema", {
  upsertVotes: (_votes: VoteData[]): Promise<void> => Promise.resolve(),
});

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
