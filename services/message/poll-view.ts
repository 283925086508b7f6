/** The tally of a poll, from the votes that its row holds. */
import { addressOf } from "../../contracts/address.ts";
import type { Poll } from "../../contracts/message.ts";
import type { MessageRow, StoredVotes } from "../../db/rows/message.ts";

interface PollContent {
  readonly question: string;
  readonly options: readonly string[];
  readonly selectableCount: number;
}

/** The poll's options in its order, each with those who have chosen it. */
export function toPollView(row: MessageRow): Poll {
  const { question, options, selectableCount } = JSON.parse(row.content) as PollContent;
  const votes = Object.entries(JSON.parse(row.votes ?? "{}") as StoredVotes);
  return {
    question,
    selectableCount,
    options: options.map((name) => {
      const voters = votes
        .filter(([, vote]) => vote.options.includes(name))
        .map(([chatId, { lid }]) => addressOf(chatId, lid));
      return { name, votes: voters.length, voters };
    }),
    voters: votes.filter(([, vote]) => vote.options.length > 0).length,
  };
}
