/** Messages: sending them, and finding out what became of them. */
import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import mime from "mime";
import type { Schema, WppClient } from "../../../clients/typescript/src/index.ts";
import { CommandError, EXIT, textOf, type Command, type Run } from "../command.ts";

type Message = Schema<"Message">;

const LONGEST_TEXT = 48;
const LOOK_MS = 300;
const FINAL = new Set(["sent", "delivered", "read", "played", "failed", "expired", "cancelled"]);

function row({ id, direction, chat, status, text, type, createdAt, error }: Message): (string | null)[] {
  const shown = (text ?? `(${type})`).replace(/\s+/g, " ");
  const cut = shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT - 1)}…` : shown;
  const what = error === null ? status : `${status} (${error.code})`;
  return [
    createdAt.slice(0, 19).replace("T", " "),
    direction === "outbound" ? "→" : "←",
    chat.phone ?? chat.chatId,
    what,
    cut,
    id,
  ];
}
const COLUMNS = ["at (utc)", "", "chat", "status", "text", "id"];

async function upload(client: WppClient, path: string): Promise<{ uploadId: string; type: string }> {
  const type = mime.getType(path) ?? "application/octet-stream";
  const file = await openAsBlob(path, { type }).catch(() => {
    throw new CommandError(`${path} cannot be read`);
  });
  const { uploadId } = await client.upload(file, basename(path));
  return { uploadId, type };
}

/** The kind that WhatsApp shows a file of this type as. */
function kindOf(type: string): "image" | "video" | "audio" | "document" {
  const family = type.split("/")[0];
  return family === "image" || family === "video" || family === "audio" ? family : "document";
}

async function bodyOf(
  client: WppClient,
  to: string,
  text: string,
  file: string | undefined,
): Promise<Schema<"SendMessage">> {
  if (file === undefined) return { to, type: "text", text };
  const { uploadId, type } = await upload(client, file);
  const kind = kindOf(type);
  const caption = text === "" || kind === "audio" ? {} : { caption: text };
  return { to, type: kind, media: { uploadId }, ...caption } as Schema<"SendMessage">;
}

/** Waits until the message has been sent, or will not be. */
async function settle(client: WppClient, id: string): Promise<Message> {
  for (;;) {
    const message = await client.request("GET", "/messages/{id}", { path: { id } });
    if (FINAL.has(message.status)) return message;
    await pause(LOOK_MS);
  }
}

async function send({ words: [session = "", to = "", ...text], options, connect, output }: Run): Promise<number> {
  const file = textOf(options, "file");
  const given = text.join(" ");
  if (given === "" && file === undefined) throw new CommandError("there is nothing to send: add a text, or --file");
  const client = connect();
  const queued = await client.send(session, await bodyOf(client, to, given, file));
  const message = options["wait"] === true ? await settle(client, queued.id) : queued;
  output.show(
    message,
    () => `${message.id} ${message.status}${message.error === null ? "" : `: ${message.error.code}`}`,
  );
  return message.status === "failed" || message.status === "expired" ? EXIT.failed : EXIT.ok;
}

const act = (verb: "retry" | "cancel", summary: string): Command => ({
  name: ["message", verb],
  args: ["<id>"],
  summary,
  async run({ words: [id = ""], connect, output }) {
    const message = await connect().request("POST", `/messages/{id}/${verb}`, { path: { id } });
    output.show(message, () => `${message.id} ${message.status}`);
  },
});

export const messageCommands: readonly Command[] = [
  {
    name: ["send"],
    args: ["<session>", "<to>", "[text…]"],
    summary: "Send a text or a file",
    options: {
      file: { type: "string", short: "f", help: "a file to send; the text is its caption" },
      wait: { type: "boolean", short: "w", help: "wait until it is sent" },
    },
    run: send,
  },
  {
    name: ["messages"],
    args: [],
    summary: "List the newest messages",
    options: {
      session: { type: "string", help: "only of this session" },
      chat: { type: "string", help: "only of this chat: a number or a WhatsApp id" },
      status: { type: "string", help: "only with this status, such as failed" },
      limit: { type: "string", short: "n", help: "how many; 20" },
    },
    async run({ options, connect, output }) {
      const [session, chat, status] = ["session", "chat", "status"].map((name) => textOf(options, name));
      const query = {
        limit: Number(textOf(options, "limit") ?? 20),
        ...(chat === undefined ? {} : { chat }),
        ...(status === undefined ? {} : { status: status as Message["status"] }),
      };
      const client = connect();
      const { data } =
        session === undefined
          ? await client.request("GET", "/messages", { query })
          : await client.request("GET", "/sessions/{session}/messages", { path: { session }, query });
      output.table(data, COLUMNS, data.map(row), "There is no message");
    },
  },
  {
    name: ["message", "show"],
    args: ["<id>"],
    summary: "Show a message, and every step of its status",
    async run({ words: [id = ""], connect, output }) {
      const client = connect();
      const message = await client.request("GET", "/messages/{id}", { path: { id } });
      const { data } = await client.request("GET", "/messages/{id}/timeline", { path: { id } });
      if (output.isJson) return output.show({ message, timeline: data }, () => "");
      output.table([message], COLUMNS, [row(message)], "");
      output.say("");
      output.table(
        data,
        ["at", "status", "detail"],
        data.map(({ at, status, detail }) => [at, status, detail]),
        "",
      );
    },
  },
  act("retry", "Send a message again that failed, expired or was cancelled"),
  act("cancel", "Cancel a message that has not been sent"),
];
