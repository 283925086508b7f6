/** docs/sandbox-acts.md is made from the table of acts and the schemas of their inputs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { z } from "zod";
import { SANDBOX_ACTS, type SandboxAct } from "../../contracts/sandbox-acts.ts";
import { OPERATION_INPUTS } from "../../sandbox/wire-schemas.ts";

const FILE = join(import.meta.dirname, "../../docs/sandbox-acts.md");
const HOW = "UPDATE_GOLDEN=1 npx jest test/docs/sandbox-acts.test.ts --selectProjects SQLite";

const INTRODUCTION = `# What a simulated phone does

\`POST /api/v1/sandbox/phones/:phone/acts\` lets a phone do what its owner can do beyond messages, typing and calls, \
which have routes of their own:

\`\`\`json
{ "act": "saveContact", "input": { "id": "15550101000@c.us", "name": "Ana" } }
\`\`\`

The answer is \`{ "output": … }\`. People, groups and channels are named by their WhatsApp ids, pictures are \`data:\` \
URLs, times are in Unix ms. A phone posts a status with \`POST .../messages\` to \`status@broadcast\`, and writes to a \
channel with one to the channel's id.

This page is made from the schemas by \`${HOW}\`.
`;

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

function typeOf({ type, enum: values, items, anyOf, properties, required = [] }: Shape): string {
  if (values !== undefined) return values.map(String).join(", ");
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeOf))].join(" or ");
  if (type === "array") return `list of ${typeOf(items ?? {})}`;
  if (properties === undefined) return type ?? "anything";
  const fields = Object.entries(properties).map(
    ([name, shape]) => `\`${name}${required.includes(name) ? "" : "?"}\` (${typeOf(shape)})`,
  );
  return fields.join(", ");
}

const rowOf = ([act, meaning]: [string, string]): string => {
  const schema = z.toJSONSchema(OPERATION_INPUTS[act as SandboxAct], { io: "input", unrepresentable: "any" });
  return `| \`${act}\` | ${meaning}. | ${typeOf(schema as Shape)} |`;
};

test("the page is up to date with the acts and their inputs", async () => {
  const table = ["| Act | What it does | Input |", "| --- | --- | --- |", ...Object.entries(SANDBOX_ACTS).map(rowOf)];
  const page = await format([INTRODUCTION, ...table].join("\n"), { parser: "markdown", printWidth: 120 });
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(FILE, page);
  expect({ HOW, page: readFileSync(FILE, "utf8") }).toEqual({ HOW, page });
});
