/**
 * Example bodies of requests, by action and by what they show. The API description carries them, and
 * test/contracts/examples.test.ts sends each of them to a running system.
 */
import { accountExamples } from "./examples/account.ts";
import { messageExamples } from "./examples/message.ts";
import { sessionExamples } from "./examples/session.ts";
import { systemExamples } from "./examples/system.ts";

export const EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...accountExamples,
  ...sessionExamples,
  ...messageExamples,
  ...systemExamples,
};
