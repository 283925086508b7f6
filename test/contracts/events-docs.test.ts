/** docs/events.md is generated from the table of events, and OpenAPI describes each event. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import {
  descriptionOf,
  EVENT_ENVELOPES,
  EVENT_TYPES,
  EventEnvelope,
  eventName,
  EVENTS,
  exampleOf,
  type EventType,
} from "../../contracts/events.ts";
import { createOpenApi } from "../../contracts/openapi.ts";
import { faultOfEvent } from "../harness/events.ts";

const FILE = join(import.meta.dirname, "../../docs/events.md");
const HOW = "UPDATE_GOLDEN=1 npx jest test/contracts/events-docs.test.ts";

const STREAMS = { session: "session", tenant: "tenant", either: "session or tenant" } as const;
const CHANNELS = { log: "log", socket: "sockets only", webhook: "one webhook only" } as const;

const INTRODUCTION = `# Events

Everything that the system reports without being asked. \`GET /api/v1/events\`, webhooks and Socket.io carry the same \
envelope; only its \`type\` and \`data\` differ:

\`\`\`json
${JSON.stringify(exampleOf("message.delivered"))}
\`\`\`

- \`id\` is the same in every delivery: use it to recognize a repeated one.
- \`sequence\` rises by one in the event's stream: its session's, or its tenant's when there is no \`sessionId\`.
- \`cursor\` is the event's position in the log: \`after\` of \`GET /events\`, and of a socket's handshake, continues \
behind it.
- Events of the log are kept for 7 days. Socket.io names them with a colon, such as \`message:delivered\`: see \
[sockets.md](sockets.md).
- An event asks for the permission that reads the same data from the API. Who lacks it gets neither the event nor an \
error: not from \`GET /events\` (which itself requires \`event:read\`), not on a socket, and not by a webhook, which \
delivers what the caller who set it up may read.
- Subscriptions and \`?types=\` take types, prefixes such as \`message.*\`, or \`*\`.

This page is made from the table in \`contracts/events.ts\` by \`${HOW}\`; \
the schemas of all \`data\` are in \`/openapi.json\`.
`;

function rowOf(type: EventType): string {
  const { meaning, scope, permission, published } = EVENTS[type];
  const cells = [
    `[\`${type}\`](#${type.replace(".", "")})`,
    meaning,
    `\`${permission}\``,
    STREAMS[scope],
    CHANNELS[published],
  ];
  return `| ${cells.join(" | ")} |`;
}

function exampleSection(type: EventType): string {
  return `### ${type}\n\n\`\`\`json\n${JSON.stringify(EVENTS[type].example)}\n\`\`\`\n`;
}

async function renderPage(): Promise<string> {
  const table = [
    "| Type | Meaning | Permission | Stream | Published by |",
    "| --- | --- | --- | --- | --- |",
    ...EVENT_TYPES.map(rowOf),
  ];
  const examples = EVENT_TYPES.map(exampleSection);
  const page = [INTRODUCTION, "## Types\n", table.join("\n"), "\n## Examples of `data`\n", ...examples].join("\n");
  return format(page, { parser: "markdown", printWidth: 120 });
}

test("the page is up to date with the table", async () => {
  const page = await renderPage();
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(FILE, page);
  if (readFileSync(FILE, "utf8") !== page)
    throw new Error(`docs/events.md is not up to date with contracts/events.ts. Update it and commit it: ${HOW}`);
});

test.each(EVENT_TYPES)("%s: its meaning is one sentence, and its example matches its schema", (type) => {
  expect(EVENTS[type].meaning).toMatch(/^[A-Z][^|`\n]*(?:`[^|`\n]+`[^|`\n]*)*\.$/);
  expect(faultOfEvent(exampleOf(type))).toBeUndefined();
});

test("an envelope of one type does not pass with the data of another, or without its data", () => {
  const sent = exampleOf("message.delivered");
  expect(EventEnvelope.safeParse({ ...sent, type: "session.qr" }).success).toBe(false);
  expect(EventEnvelope.safeParse({ ...sent, data: {} }).success).toBe(false);
  expect(EventEnvelope.safeParse({ ...sent, type: "node.joined" }).success).toBe(false);
  expect(faultOfEvent({ ...sent, data: { ...sent.data, extra: 1 } })).toMatch(/does not declare/);
});

test("OpenAPI has a component for each type, a webhook for each that webhooks deliver, and their union", () => {
  const { webhooks, components } = createOpenApi("1.0.0") as {
    webhooks: Record<string, { post: { requestBody: { content: Record<string, { schema: unknown }> } } }>;
    components: { schemas: Record<string, Record<string, unknown>> };
  };
  for (const type of EVENT_TYPES) {
    const component = components.schemas[`${eventName(type)}Event`]!;
    expect(component).toMatchObject({ description: descriptionOf(type), examples: [exampleOf(type)] });
    expect(EVENT_ENVELOPES[type].safeParse((component["examples"] as unknown[])[0]).success).toBe(true);
    const body = webhooks[type]?.post.requestBody.content["application/json"]?.schema;
    const reference = { $ref: `#/components/schemas/${eventName(type)}Event` };
    expect({ type, body }).toEqual({ type, body: EVENTS[type].published === "socket" ? undefined : reference });
  }
  const { oneOf, discriminator } = components.schemas["Event"] as {
    oneOf: { $ref: string }[];
    discriminator: { propertyName: string; mapping: Record<string, string> };
  };
  const references = EVENT_TYPES.map((type) => `#/components/schemas/${eventName(type)}Event`);
  expect(oneOf.map(({ $ref }) => $ref)).toEqual(references);
  expect(discriminator.propertyName).toBe("type");
  expect(discriminator.mapping).toEqual(Object.fromEntries(EVENT_TYPES.map((type, n) => [type, references[n]])));
});
