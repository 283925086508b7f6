/**
 * The picture of a page that did not start, kept in the profile until the next one: it shows what no state can tell,
 * such as a notice of WhatsApp, or a step that the library does not know.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "puppeteer";
import { within } from "../../concurrency/deadline.ts";
import type { Evidence, Picture } from "../driver.ts";

/** A page that does not draw must not delay the end of its browser. */
const TAKEN_WITHIN_MS = 3_000;

const pathIn = (profileDir: string): string => join(profileDir, "failed-start.png");

/** Keeps a picture of the page; the time of it, as evidence. Never rejects. */
export async function keepScreenshot(profileDir: string, page: Page | null | undefined): Promise<Evidence> {
  if (page === null || page === undefined) return {};
  try {
    const late = () => new Error("the page returned no screenshot in time");
    const picture = await within(page.screenshot({ type: "png" }), TAKEN_WITHIN_MS, late);
    await writeFile(pathIn(profileDir), picture, { mode: 0o600 });
    return { screenshotAt: new Date().toISOString() };
  } catch {
    return {};
  }
}

/** The picture that was kept; null when there is none. */
export async function keptScreenshot(profileDir: string): Promise<Picture | null> {
  const picture = await readFile(pathIn(profileDir)).catch(() => null);
  return picture === null ? null : { mimetype: "image/png", base64: picture.toString("base64") };
}
