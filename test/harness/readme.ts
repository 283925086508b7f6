/** The README, as it stands. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const README = readFileSync(resolve(import.meta.dirname, "../../README.md"), "utf8");

/** The block in the language, by default a shell's, that follows the text. */
export function blockAfter(text: string, language = "sh"): string {
  const at = README.indexOf(text);
  const block = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(README.slice(at))?.[1];
  if (at < 0 || block === undefined) throw new Error(`the README has no ${language} block after "${text}"`);
  return block;
}
