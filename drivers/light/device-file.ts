/** The token that authenticates a linked device, kept in the session's profile. */
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

const FILE = "device.json";

/** Null when the device is not linked. A file that cannot be parsed counts as missing: the device is linked again. */
export async function readToken(profileDir: string): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(join(profileDir, FILE), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return parseToken(text);
}

function parseToken(text: string): string | null {
  try {
    const content: unknown = JSON.parse(text);
    const isFile =
      typeof content === "object" && content !== null && "token" in content && typeof content.token === "string";
    return isFile ? String(content.token) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Writes the file atomically: a crash leaves the old one or the new one. */
export async function writeToken(profileDir: string, token: string): Promise<void> {
  const path = join(profileDir, FILE);
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(JSON.stringify({ token }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

export async function removeToken(profileDir: string): Promise<void> {
  await rm(join(profileDir, FILE), { force: true });
}
