/** What a machine without some program leaves unchecked is said, never passed over. */

/** Says it on the run's error output, where no reporter hides it. */
export function sayUnchecked(what: string, why: string): void {
  process.stderr.write(`not checked: ${what} (${why})\n`);
}
