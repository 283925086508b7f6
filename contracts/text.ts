/**
 * Text that can be stored and read back unchanged. PostgreSQL cannot store a NUL character, and a lone surrogate is
 * read back as another character. Requests with such text are refused; text from elsewhere is sanitized.
 */

/** True for text that both databases store unchanged. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/**
 * The path to the first key or string of a JSON value that cannot be stored; undefined when there is none. Skips bytes.
 */
export function findUnstorableText(value: unknown): string[] | undefined {
  if (typeof value === "string") return isStorable(value) ? undefined : [];
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const path = isStorable(key) ? findUnstorableText(inner) : [];
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

/** Returns the value itself if all its text can be stored, otherwise a copy with U+FFFD in place of such characters. */
export function sanitizeText<T>(value: T): T {
  return findUnstorableText(value) === undefined ? value : (replaceUnstorable(value) as T);
}

function replaceUnstorable(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\uFFFD");
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(replaceUnstorable);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [replaceUnstorable(key), replaceUnstorable(inner)]),
  );
}
