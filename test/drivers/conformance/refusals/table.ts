/** Tables of requests in situations, with the one answer that every driver gives. */
import { MESSAGE_FAILURE_WORDS, type MessageFailure } from "../../../../contracts/states.ts";
import type { DriverFixture } from "../driver-fixture.ts";
import { buildWorld, outcomeOf, type World } from "./world.ts";

/** The situations, separated by spaces -> the answer: the failure of a refusal, or the result of the request. */
type Answers = Readonly<Record<string, unknown>>;

export interface Row {
  /** Makes the request in the situation. */
  readonly act: (world: World, situation: string) => Promise<unknown>;
  readonly answers: Answers;
}
/** The requests by name, in the order in which they are made. */
export type Table = Readonly<Record<string, Row>>;

export const row = (act: Row["act"], answers: Answers): Row => ({ act, answers });

/** The result of a request that returns nothing. */
export const DONE = "done";

function expectedOf(answer: unknown): unknown {
  const says = typeof answer === "string" && MESSAGE_FAILURE_WORDS[answer as MessageFailure];
  return says ? { kind: "rejected", failure: answer, says } : answer;
}

/** Makes every request of the table, and compares all answers. */
export async function expectAnswers(fixture: DriverFixture, table: Table): Promise<void> {
  const world = await buildWorld(fixture);
  const actual: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [name, { act, answers }] of Object.entries(table)) {
    for (const [situations, answer] of Object.entries(answers)) {
      for (const situation of situations.split(" ")) {
        const title = `${name}: ${situation}`;
        actual[title] = await outcomeOf(world, () => act(world, situation));
        expected[title] = expectedOf(answer);
      }
    }
  }
  expect(actual).toEqual(expected);
}
