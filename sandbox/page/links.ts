/** Links in texts. */
import { define } from "./loader.ts";

interface Link {
  href: string;
  suspiciousCharacters: Set<string>;
}

function findLinks(text: string | undefined): Link[] {
  const found = text?.match(/\bhttps?:\/\/[^\s<>"]+/g) ?? [];
  return found.map((href) => ({ href, suspiciousCharacters: new Set() }));
}

define("WALinkify", { findLinks, findLink: (text: string | undefined) => findLinks(text)[0] ?? null });
