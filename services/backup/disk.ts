/** Where backups lie, and whether there is room for one more. */
import { mkdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../../contracts/errors.ts";

/** The file of a backup. The name is ours, never a client's. */
export function fileOf(folder: string, id: string): string {
  return join(folder, `${id}.wppbak`);
}

const MEGABYTE = 1_000_000;

/** Refuses when less is free than `needed` bytes: a full disk would stop the database itself. */
export async function requireRoom(folder: string, needed: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  const [freeMb, neededMb] = [Math.floor(free / MEGABYTE), Math.ceil(needed / MEGABYTE)];
  throw new Problem(
    "conflict",
    `the disk has ${freeMb} MB left and ${neededMb} MB are asked for; a full one would stop the database`,
    {
      facts: { freeMb, neededMb },
    },
  );
}
