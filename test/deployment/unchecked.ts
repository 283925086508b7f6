/** Reports a check that is skipped because a program is missing, on stderr, where no test reporter hides it. */
export function reportUnchecked(check: string, reason: string): void {
  process.stderr.write(`not checked: ${check} (${reason})\n`);
}
