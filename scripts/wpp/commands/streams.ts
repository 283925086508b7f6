/** Events as they happen: printed, or posted to a program as webhooks would be. */
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Event, EventStream } from "../../../clients/typescript/src/index.ts";
import { textOf, UsageError, type Command, type Options, type Run } from "../command.ts";

/** ms for a program to answer. */
const FORWARD_WITHIN_MS = 15_000;

const list = (options: Options, name: string): string[] | undefined => textOf(options, name)?.split(",");

function filterOf(options: Options): { sessions?: string[]; types?: string[]; after?: string } {
  const [sessions, types] = [list(options, "session"), list(options, "types")];
  const after = textOf(options, "after");
  return { ...(sessions ? { sessions } : {}), ...(types ? { types } : {}), ...(after === undefined ? {} : { after }) };
}

const FILTER = {
  session: { type: "string", help: "only of these sessions, with commas" },
  types: { type: "string", help: "only these types or prefixes, such as message.*, with commas" },
  after: { type: "string", help: "begin after this cursor" },
} as const;

function lineOf({ at, type, data }: Event): string {
  return `${at.slice(11, 19)}  ${type.padEnd(22)} ${JSON.stringify(data)}`;
}

/** Runs until Ctrl-C, or until so many events have come. */
async function until(stream: EventStream, most: number, counted: () => number): Promise<void> {
  const ended = new AbortController();
  const enough = once(ended.signal, "abort");
  stream.onAny(() => {
    if (counted() >= most) ended.abort();
  });
  // What was missed may have come before this listens.
  if (counted() >= most) ended.abort();
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), enough]);
  stream.close();
}

async function tail({ options, connect, output }: Run): Promise<void> {
  let count = 0;
  const stream = connect().events(filterOf(options));
  stream.onError((error) => process.stderr.write(`wpp: ${error.message}\n`));
  stream.onResync(({ reason }) => process.stderr.write(`wpp: events are missing: ${reason}\n`));
  stream.onAny((event) => {
    count += 1;
    output.show(event, () => lineOf(event));
  });
  await stream.ready;
  if (!output.isJson) process.stderr.write("Waiting for events; Ctrl-C ends.\n");
  await until(stream, Number(textOf(options, "count") ?? Infinity), () => count);
}

/** Posts an event as a webhook of this system is posted, signed with `secret`. */
async function post(url: string, secret: Buffer, event: Event): Promise<number> {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", secret).update(`${event.id}.${timestamp}.${body}`).digest("base64");
  const { status } = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": event.id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
    body,
    signal: AbortSignal.timeout(FORWARD_WITHIN_MS),
  });
  return status;
}

async function listen({ options, connect, output }: Run): Promise<void> {
  const target = textOf(options, "forward");
  if (target === undefined) throw new UsageError("where to? --forward localhost:4000/hook");
  const url = /^https?:\/\//.test(target) ? target : `http://${target}`;
  if (!URL.canParse(url)) throw new UsageError(`${target} is no address; use localhost:4000/hook, for example`);
  const secret = randomBytes(32);
  output.say(`Forwarding to ${url}. Signed with whsec_${secret.toString("base64")}`);
  let count = 0;
  const stream = connect().events(filterOf(options));
  stream.onError((error) => process.stderr.write(`wpp: ${error.message}\n`));
  stream.onAny(async (event) => {
    const result = await post(url, secret, event).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    count += 1;
    output.show(
      { id: event.id, type: event.type, result },
      () => `${event.at.slice(11, 19)}  ${event.type.padEnd(22)} ${result}`,
    );
  });
  await stream.ready;
  await until(stream, Number(textOf(options, "count") ?? Infinity), () => count);
}

const COUNT = { type: "string", short: "n", help: "end after so many" } as const;

export const streamCommands: readonly Command[] = [
  {
    name: ["events", "tail"],
    args: [],
    summary: "Print events as they happen",
    options: { ...FILTER, count: COUNT },
    run: tail,
  },
  {
    name: ["webhook", "list"],
    args: [],
    summary: "List the webhooks",
    async run({ connect, output }) {
      const hooks = await Array.fromAsync(connect().list("/webhooks"));
      const rows = hooks.map(({ id, url, events, status, disabledReason, failingSince }) => [
        id,
        url,
        events.join(","),
        disabledReason === null ? status : `${status} (${disabledReason})`,
        failingSince === null ? "" : `failing since ${failingSince}`,
      ]);
      output.table(hooks, ["id", "url", "events", "status", ""], rows, "There is no webhook");
    },
  },
  {
    name: ["webhook", "test"],
    args: ["<id>"],
    summary: "Send a test event to a webhook, and show what it answers",
    async run({ words: [id = ""], connect, output }) {
      const delivery = await connect().request("POST", "/webhooks/{id}/test", { path: { id } });
      const last = delivery.attempts.at(-1);
      output.show(
        delivery,
        () => `${delivery.status}: ${last?.status ?? "no answer"} in ${last?.ms ?? 0} ms ${last?.response ?? ""}`,
      );
    },
  },
  {
    name: ["webhook", "listen"],
    args: [],
    summary: "Post events to a program on this machine, signed as webhooks are",
    options: {
      forward: { type: "string", help: "where to, such as localhost:4000/hook" },
      ...FILTER,
      count: COUNT,
    },
    run: listen,
  },
];
