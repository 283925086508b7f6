/** The table of docs/wppconnect-server.md is made from the door's routes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { absentRoutes, doorRoutes } from "../../services/api-gateway/wppconnect/table.ts";

const FILE = join(import.meta.dirname, "../../docs/wppconnect-server.md");
const HOW = "UPDATE_GOLDEN=1 npx jest test/docs/wppconnect-server.test.ts --selectProjects SQLite";
const MARK = "<!-- The rest of this page is made from the routes. -->";

const rows = [
  ...doorRoutes.map(({ method, path, summary, differs }) => ({ method, path, summary, differs, isOffered: true })),
  ...absentRoutes.map(({ method, path, why }) => ({ method, path, summary: "", differs: why, isOffered: false })),
].map(({ method, path, summary, differs, isOffered }) => {
  const how = isOffered ? (differs === undefined ? "same" : `different: ${differs}`) : `not offered: ${differs}`;
  return `| \`${method} ${path}\` | ${summary} | ${how} |`;
});

test("the page lists each route of wppconnect-server, and what differs", async () => {
  const count = doorRoutes.filter(({ differs }) => differs === undefined).length;
  const page = readFileSync(FILE, "utf8");
  const written = page.slice(0, page.indexOf(MARK));
  const made = await format(
    [
      `${written}${MARK}`,
      "",
      `Beside \`/healthz\` and \`/api-docs\` there are ${rows.length} routes: ${count} are the same, ` +
        `${doorRoutes.length - count} differ on purpose, ${absentRoutes.length} are not offered (501).`,
      "",
      "| Route | What it does | Here |",
      "| --- | --- | --- |",
      ...rows,
    ].join("\n"),
    { parser: "markdown", printWidth: 120 },
  );
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(FILE, made);
  expect({ HOW, page: readFileSync(FILE, "utf8") }).toEqual({ HOW, page: made });
});

test("no route is listed twice", () => {
  const names = [...doorRoutes, ...absentRoutes].map(({ method, path }) => `${method} ${path}`);
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
});
