/** What the demo prints. */
const COLOURS = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;

function paint(code: number, text: string): string {
  return COLOURS ? `\u001b[${code}m${text}\u001b[0m` : text;
}

const TICKS: Readonly<Record<string, string>> = {
  queued: "…",
  sending: "…",
  sent: "✓",
  delivered: "✓✓",
  read: paint(34, "✓✓ read"),
};

/** The ticks of a message's status, as a phone shows them. */
export function ticks(status: string): string {
  return TICKS[status] ?? status;
}

export function line(text = ""): void {
  process.stdout.write(`${text}\n`);
}

export function step(text: string): void {
  line(`  ${paint(32, "✓")} ${text}`);
}

export function heading(text: string): void {
  line(`\n${paint(1, text)}`);
}

/** One line of a conversation: who, what, and what became of it. */
export function said(who: string, text: string, after: string): void {
  line(`  ${paint(36, who.padEnd(16))} ${text.padEnd(46)} ${after}`);
}

export function dim(text: string): string {
  return paint(2, text);
}
