/**
 * The lines of an archive's body, as JSON: a record that starts a table, then its rows as arrays of values, then the
 * next table; files in the same way, their bytes as base64 strings. The manifest comes last, because it holds all
 * counts.
 */
import { createHash, hash } from "node:crypto";
import { z } from "zod";
import { ArchiveError } from "./error.ts";

const TableSums = z.object({ rows: z.int(), checksum: z.string() });
export type TableSums = z.infer<typeof TableSums>;

export const Manifest = z.object({
  version: z.literal(1),
  kind: z.enum(["installation", "export"]),
  tenantId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  dialect: z.enum(["sqlite", "postgres"]),
  /** The applied migrations of the source database, in order. */
  schema: z.array(z.string()),
  tables: z.record(z.string(), TableSums),
  files: z.object({ count: z.int(), bytes: z.int(), missing: z.int() }),
  /** The last number assigned by each table with numbered rows. */
  counters: z.record(z.string(), z.int()),
});
export type Manifest = z.infer<typeof Manifest>;

const Record = z.discriminatedUnion("type", [
  z.object({ type: z.literal("table"), name: z.string(), columns: z.array(z.string()) }),
  z.object({ type: z.literal("file"), path: z.string() }),
  z.object({ type: z.literal("fileEnd"), size: z.int(), sha256: z.string() }),
  z.object({ type: z.literal("manifest"), manifest: Manifest }),
]);
export type ArchiveRecord = z.infer<typeof Record>;

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Value = z.infer<typeof Value>;

export type ArchiveLine =
  | { readonly kind: "record"; readonly record: ArchiveRecord }
  | { readonly kind: "row"; readonly line: string; readonly values: readonly Value[] }
  | { readonly kind: "bytes"; readonly bytes: Buffer };

/** Encodes a row as a line. Throws for a value that JSON cannot represent exactly. */
export function encodeRow(table: string, values: readonly unknown[]): string {
  for (const value of values) {
    const isPlain =
      value === null ||
      typeof value === "string" ||
      typeof value === "boolean" ||
      (typeof value === "number" && Number.isFinite(value));
    if (!isPlain) throw new Error(`the table ${table} holds a value that backups cannot represent: ${typeof value}`);
  }
  return JSON.stringify(values);
}

export function encodeRecord(record: ArchiveRecord): string {
  return JSON.stringify(record);
}

/** Parses a line: a record, a row, or bytes of a file. */
export function parseLine(line: string): ArchiveLine {
  try {
    const json: unknown = JSON.parse(line);
    if (Array.isArray(json)) return { kind: "row", line, values: z.array(Value).parse(json) };
    if (typeof json === "string") return { kind: "bytes", bytes: Buffer.from(json, "base64") };
    return { kind: "record", record: Record.parse(json) };
  } catch (error) {
    throw new ArchiveError("invalid", { cause: error });
  }
}

const MODULUS = 2n ** 256n;

/**
 * The checksum of a table: the sum of the hashes of its rows, which does not depend on their order. Two databases may
 * sort the same rows differently.
 */
export class TableDigest {
  #sum = 0n;
  #rows = 0;

  add(line: string): void {
    this.#sum = (this.#sum + BigInt(`0x${hash("sha256", line, "hex")}`)) % MODULUS;
    this.#rows += 1;
  }

  get sums(): TableSums {
    return { rows: this.#rows, checksum: this.#sum.toString(16).padStart(64, "0") };
  }
}

/** Measures the size and SHA-256 of bytes. */
export class Meter {
  readonly #hash = createHash("sha256");
  size = 0;

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.size += bytes.length;
  }

  /** The hash in hex; ends the measurement. */
  digest(): string {
    return this.#hash.digest("hex");
  }
}
