/** The live operations of the contract, by subject. Each needs the link; refusals of the page become the driver's errors. */
import type { OperationInput, OperationName, OperationOutput, Operations } from "../driver.ts";
import type { Connection } from "./connection.ts";
import { within } from "../../concurrency/deadline.ts";
import { CHAT_OPERATIONS } from "./chat-operations.ts";
import { DriverError } from "../../contracts/transport.ts";
import { GROUP_OPERATIONS } from "./group-operations.ts";
import type { Link } from "./link.ts";
import { PEOPLE_OPERATIONS } from "./people-operations.ts";
import { toDriverError } from "./refusals.ts";

const SCREENSHOT_WITHIN_MS = 10_000;

/** An operation as the subjects write it: on the connection of a session that is linked. */
export type Work<N extends OperationName> = (
  connection: Connection,
  input: OperationInput<N>,
) => Promise<OperationOutput<N>>;

/** Everything but the screenshot, which needs no link. */
export type Works = { readonly [N in Exclude<OperationName, "screenshot">]: Work<N> };

export function createOperations(link: Link): Operations {
  const works: Works = { ...CHAT_OPERATIONS, ...PEOPLE_OPERATIONS, ...GROUP_OPERATIONS };
  const bound = Object.entries(works).map(([name, work]) => [
    name,
    (input: never) => perform(link, work as Work<never>, input),
  ]);
  return { ...(Object.fromEntries(bound) as Omit<Operations, "screenshot">), screenshot: () => takeScreenshot(link) };
}

async function perform<N extends OperationName>(
  link: Link,
  work: Work<N>,
  input: OperationInput<N>,
): Promise<OperationOutput<N>> {
  try {
    return await work(link.linked, input);
  } catch (error) {
    throw toDriverError(error);
  }
}

async function takeScreenshot(link: Link): Promise<{ png: Uint8Array<ArrayBuffer> }> {
  const picture = link.running.client.waPage.screenshot({ type: "png" });
  return {
    png: Uint8Array.from(
      await within(picture, SCREENSHOT_WITHIN_MS, () => new DriverError("unknown", "the page gave no picture in time")),
    ),
  };
}
