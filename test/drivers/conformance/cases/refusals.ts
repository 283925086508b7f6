/** Every request in every situation: the same answer from every driver, in the same words. */
import type { DriverFixture } from "../driver-fixture.ts";
import { CHAT_TABLE } from "../refusals/chats.ts";
import { GROUP_TABLE } from "../refusals/groups.ts";
import { MESSAGE_TABLE } from "../refusals/messages.ts";
import { PEOPLE_TABLE } from "../refusals/people.ts";
import { expectAnswers } from "../refusals/table.ts";

export const REFUSAL_CASES = {
  "answers every request about people": (fixture: DriverFixture) => expectAnswers(fixture, PEOPLE_TABLE),
  "answers every change of a chat": (fixture: DriverFixture) => expectAnswers(fixture, CHAT_TABLE),
  "answers every request about groups": (fixture: DriverFixture) => expectAnswers(fixture, GROUP_TABLE),
  "answers every request that refers to a message": (fixture: DriverFixture) => expectAnswers(fixture, MESSAGE_TABLE),
};
