/** Checks a scratch database against the manifest of the archive that was loaded into it. */
import type { Sql } from "../../db/database.ts";
import { findBrokenInvariants } from "../../db/statements/backup/backup-checks.ts";
import { readTableShapes } from "../../db/statements/backup/table-shapes.ts";
import { encodeRow, TableDigest, type Manifest } from "./archive/records.ts";
import { batches } from "./dump.ts";
import { dataTables } from "./tables.ts";

/** Describes rows that differ from the manifest and broken invariants; empty when the database is sound. */
export async function findFaults(scratch: Sql, manifest: Manifest): Promise<string[]> {
  const faults: string[] = [];
  const shapes = dataTables(await readTableShapes(scratch));
  for (const name of Object.keys(manifest.tables))
    if (!shapes.some((shape) => shape.name === name)) faults.push(`the table ${name} is unknown`);
  for (const shape of shapes) {
    const digest = new TableDigest();
    const selection = { shape, filter: null };
    for await (const rows of batches(scratch, selection)) {
      for (const row of rows) {
        digest.add(
          encodeRow(
            shape.name,
            shape.columns.map((column) => row[column]),
          ),
        );
      }
    }
    const { rows, checksum } = digest.sums;
    const expected = manifest.tables[shape.name];
    if (expected?.rows !== rows) faults.push(`${shape.name} has ${rows} rows instead of ${expected?.rows ?? 0}`);
    else if (expected.checksum !== checksum) faults.push(`rows of ${shape.name} do not match their checksum`);
  }
  return [...faults, ...(await findBrokenInvariants(scratch))];
}
