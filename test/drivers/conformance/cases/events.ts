/** Whole events and answers: the same from every driver, to the last field. */
import type { DriverFixture } from "../driver-fixture.ts";
import { CHAT_SCRIPT, GROUP_SCRIPT, PRESENCE_SCRIPT } from "../events/account.ts";
import { MESSAGE_SCRIPT } from "../events/messages.ts";
import { expectScript } from "../events/script.ts";

const ACCOUNT_SCRIPT = { ...GROUP_SCRIPT, ...PRESENCE_SCRIPT };

export const EVENT_CASES = {
  "reports messages and their changes in full": (fixture: DriverFixture) => expectScript(fixture, MESSAGE_SCRIPT),
  "reports groups and presence in full": (fixture: DriverFixture) => expectScript(fixture, ACCOUNT_SCRIPT),
  "reports chats and contacts in full": (fixture: DriverFixture) => expectScript(fixture, CHAT_SCRIPT),
};
