/**
 * Pages of what an account has. The network gives its lists whole, so each page is cut out of the list as it is now: its items
 * have places in a fixed order, and a cursor is the place of the last one given out.
 */
import { fromCursor, toCursor } from "../../access/cursor.ts";
import type { Secrets } from "../../mixins/secrets.ts";

/** Items that are asked of the network: what lies behind them is out of reach of every page. */
export const WHOLE = 5_000;

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The page of `items` after the cursor, in the order of their places. A cursor is good for the lists of its `kind`. */
export function cutPage<T>(
  secrets: Secrets,
  kind: string,
  items: readonly T[],
  request: PageRequest,
  placeOf: (item: T) => string,
): { data: T[]; nextCursor: string | null } {
  const after = request.cursor === undefined ? "" : fromCursor(secrets, kind, request.cursor);
  const places = new Map(items.map((item) => [placeOf(item), item]));
  const rest = [...places.keys()].filter((place) => place > after).sort();
  const shown = rest.slice(0, request.limit);
  return {
    data: shown.map((place) => places.get(place)!),
    nextCursor: rest.length > shown.length ? toCursor(secrets, kind, shown.at(-1)!) : null,
  };
}
