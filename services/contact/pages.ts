/**
 * Pages of an account's lists. WhatsApp returns its lists whole, so each page is cut from the current list: items are
 * ordered by a sort key, and a cursor is the key of the last item returned.
 */
import { fromCursor, toCursor } from "../../access/cursor.ts";
import type { Secrets } from "../../mixins/secrets.ts";

/** Items requested from WhatsApp; no page reaches beyond them. */
export const MAX_ITEMS = 5_000;

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The page of `items` after the cursor, in the order of their keys. A cursor is valid for lists of its `kind` only. */
export function cutPage<T>(
  secrets: Secrets,
  kind: string,
  items: readonly T[],
  request: PageRequest,
  keyOf: (item: T) => string,
): { data: T[]; nextCursor: string | null } {
  const after = request.cursor === undefined ? "" : fromCursor(secrets, kind, request.cursor);
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  const rest = [...byKey.keys()].filter((key) => key > after).sort();
  const shown = rest.slice(0, request.limit);
  return {
    data: shown.map((key) => byKey.get(key)!),
    nextCursor: rest.length > shown.length ? toCursor(secrets, kind, shown.at(-1)!) : null,
  };
}
