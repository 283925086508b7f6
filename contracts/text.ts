/**
 * Text that can be kept and given back as it was. PostgreSQL stores no NUL character, and half of a surrogate pair is no
 * character at all: it would come back as another one. What clients write is refused for these, what comes from elsewhere is mended.
 */

/** True for text that every part of the system can hold. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** The path to the first text of a JSON value, be it a key or a value, that cannot be kept; undefined when all can. Bytes are not looked at. */
export function findUnstorableText(value: unknown): string[] | undefined {
  if (typeof value === "string") return isStorable(value) ? undefined : [];
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const path = isStorable(key) ? findUnstorableText(inner) : [];
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

/** The value itself, or where some of its text cannot be kept a copy in which U+FFFD stands for what cannot. */
export function sanitizeText<T>(value: T): T {
  return findUnstorableText(value) === undefined ? value : (mend(value) as T);
}

function mend(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\uFFFD");
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(mend);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [mend(key), mend(inner)]));
}
