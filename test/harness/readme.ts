/** The README, as it stands. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const README = readFileSync(resolve(import.meta.dirname, "../../README.md"), "utf8");

/** The shell block that follows the text. */
export function blockAfter(text: string): string {
  const at = README.indexOf(text);
  const block = /```sh\n([\s\S]*?)```/.exec(README.slice(at))?.[1];
  if (at < 0 || block === undefined) throw new Error(`the README has no shell block after "${text}"`);
  return block;
}
