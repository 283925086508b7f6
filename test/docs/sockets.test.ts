/** docs/sockets.md lists the namespaces, the events of clients with their payloads, and those of the server. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { EventPattern } from "../../contracts/events.ts";
import { CLIENT_EVENTS, Resync } from "../../contracts/socket-events.ts";
import { NAMESPACES } from "../../services/api-gateway/sockets/namespaces.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/sockets.md"), "utf8");

/** The cells of the table in the section, row by row, without its head. */
function rowsOf(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]!.split("\n## ")[0]!;
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);
const fieldsOf = ({ shape }: z.ZodObject) =>
  Object.entries(shape).map(([name, field]) => (field.safeParse(undefined).success ? `${name}?` : name));

test("the namespaces, with their types and permissions", () => {
  expect(
    rowsOf("Namespaces").map(([name, types, permission]) => [code(name!), code(types!), code(permission!)]),
  ).toEqual(NAMESPACES.map(({ name, types, permission }) => [[name], types, [permission]]));
  for (const { types } of NAMESPACES) for (const type of types) expect(EventPattern.safeParse(type).success).toBe(true);
});

test("what clients send, with their payloads", () => {
  const rows = rowsOf("From the client").map(([event, payload]) => [code(event!)[0], code(payload!)[0] ?? null]);
  expect(rows).toEqual(
    Object.entries(CLIENT_EVENTS).map(([event, payload]) => [
      event,
      payload === null ? null : `{ ${fieldsOf(payload).join(", ")} }`,
    ]),
  );
});

test("the notice of the server that is no event of the log", () => {
  expect(rowsOf("From the server").at(-1)!.slice(0, 2)).toEqual(["`resync`", `\`{ ${fieldsOf(Resync).join(", ")} }\``]);
});
