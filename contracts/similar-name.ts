/** A name that was probably meant. */

/** How many letters may be wrong, missing or too many. */
const MAX_DISTANCE = 4;

/** The known name that is closest to the given one; undefined when none is close. */
export function findSimilar(name: string, known: readonly string[]): string | undefined {
  const longer = known.find((candidate) => candidate.startsWith(`${name}_`));
  if (longer !== undefined) return longer;
  const [best] = known
    .map((candidate) => ({ candidate, distance: distanceOf(name, candidate) }))
    .filter(({ distance }) => distance <= MAX_DISTANCE)
    .toSorted((one, other) => one.distance - other.distance);
  return best?.candidate;
}

/** Levenshtein's distance, row by row. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const substituted = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
