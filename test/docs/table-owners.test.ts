/** The table of owners in decision 16, compared with the migrations and the statements. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const STATEMENTS = join(ROOT, "db/statements");
const PAGE = "docs/decisions/0016-modular-monolith-on-shared-tables.md";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const filesIn = (folder: string) => readdirSync(join(ROOT, folder)).map((file) => read(join(folder, file)));

const listOf = (cell: string) => cell.split(",").map((item) => item.trim());

/** By table: the areas that write it, and those that read it. */
const owners = new Map(
  [...read(PAGE).matchAll(/^\| `(\w+)`\s*\|([^|]*)\|([^|]*)\|$/gm)].map(([, table, writers, readers]) => [
    table!,
    { writers: listOf(writers!), readers: [...listOf(writers!), ...listOf(readers!)] },
  ]),
);

const tables = filesIn("db/migrations")
  .flatMap((text) => [...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)].map(([, table]) => table!))
  .toSorted();

const areas = readdirSync(STATEMENTS).map((area) => ({ area, text: filesIn(join("db/statements", area)).join("\n") }));

test("every table of the schema has an owner", () => {
  expect([...owners.keys()].toSorted()).toEqual([...new Set(tables)]);
});

test.each(areas)("$area writes and reads only what the page lists", ({ area, text }) => {
  for (const table of tables) {
    const writes = new RegExp(`(?:INSERT INTO|UPDATE|DELETE FROM) ${table}\\b`).test(text);
    const reads = new RegExp(`(?<!DELETE )(?:FROM|JOIN) ${table}\\b`).test(text);
    if (writes)
      expect({ table, writers: owners.get(table)!.writers }).toMatchObject({ writers: expect.arrayContaining([area]) });
    if (reads)
      expect({ table, readers: owners.get(table)!.readers }).toMatchObject({ readers: expect.arrayContaining([area]) });
  }
});
