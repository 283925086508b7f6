/** The operations of the contract on the running web client. Refusals by the page become DriverErrors. */
import { within } from "../../concurrency/deadline.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { OperationInput, OperationName, OperationOutput, Operations } from "../driver.ts";
import type { BrowserSession } from "./browser-session.ts";
import { ACCOUNT_HANDLERS } from "./account-operations.ts";
import { CATALOG_HANDLERS } from "./catalog-operations.ts";
import { CHANNEL_HANDLERS } from "./channel-operations.ts";
import { CHAT_HANDLERS } from "./chat-operations.ts";
import { COMMUNITY_HANDLERS } from "./community-operations.ts";
import { INVITE_HANDLERS } from "./group-invites.ts";
import { GROUP_HANDLERS } from "./group-operations.ts";
import { LABEL_HANDLERS } from "./label-operations.ts";
import type { Handler, Handlers } from "./handlers.ts";
import { MESSAGE_HANDLERS } from "./message-operations.ts";
import { PEOPLE_HANDLERS } from "./people-operations.ts";
import { STATUS_HANDLERS } from "./status-operations.ts";
import { throwNotSent, toDriverError } from "./refusals.ts";
import type { WebClient } from "./web-client.ts";

const SCREENSHOT_WITHIN_MS = 10_000;

export const HANDLERS: Handlers = {
  ...CHAT_HANDLERS,
  ...PEOPLE_HANDLERS,
  ...GROUP_HANDLERS,
  ...INVITE_HANDLERS,
  ...ACCOUNT_HANDLERS,
  ...LABEL_HANDLERS,
  ...CATALOG_HANDLERS,
  ...MESSAGE_HANDLERS,
  ...COMMUNITY_HANDLERS,
  ...STATUS_HANDLERS,
  ...CHANNEL_HANDLERS,
};

export function createOperations(session: BrowserSession): Operations {
  const bound = Object.entries(HANDLERS).map(([name, handler]) => [
    name,
    (input: never) => run(session, handler as Handler<never>, input),
  ]);
  return {
    ...(Object.fromEntries(bound) as Omit<Operations, "screenshot">),
    screenshot: () => takeScreenshot(session),
  };
}

async function run<N extends OperationName>(
  session: BrowserSession,
  handler: Handler<N>,
  input: OperationInput<N>,
): Promise<OperationOutput<N>> {
  try {
    const client = session.connected;
    return await handler(client, await withPageIds(client, input).catch(throwNotSent));
  } catch (error) {
    throw toDriverError(error);
  }
}

interface Named {
  chatId: string;
  owner: string | null;
  key: string;
}

/**
 * The input with the ids and the key that the page uses for the people and the message it names. Where there is a result
 * for each person, the operation itself asks for the ids.
 */
async function withPageIds<N extends OperationName>(
  { ids }: WebClient,
  input: OperationInput<N>,
): Promise<OperationInput<N>> {
  const given: Partial<Named> & object = { ...input };
  const changed: Partial<Named> = {};
  if (given.chatId !== undefined) [changed.chatId] = (await ids.resolve([given.chatId])) as [string];
  if (typeof given.owner === "string") [changed.owner] = (await ids.resolve([given.owner])) as [string];
  if (given.key !== undefined) changed.key = await ids.resolveKey(given.key);
  return { ...input, ...changed };
}

async function takeScreenshot(session: BrowserSession): Promise<OperationOutput<"screenshot">> {
  const base64 = await within(
    session.running.library.waPage.screenshot({ type: "png", encoding: "base64" }),
    SCREENSHOT_WITHIN_MS,
    () => new DriverError("unknown", "the page returned no screenshot in time"),
  );
  return { mimetype: "image/png", base64 };
}
