/** The demo's output. */
const USES_COLOR = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;

function paint(code: number, text: string): string {
  return USES_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
}

const TICKS: Readonly<Record<string, string>> = {
  queued: "…",
  sending: "…",
  sent: "✓",
  delivered: "✓✓",
  read: paint(34, "✓✓ read"),
};

/** A message status as the ticks that a phone shows. */
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

/** Prints one line of a conversation: the sender, the text and its result. */
export function chatLine(sender: string, text: string, result: string): void {
  line(`  ${paint(36, sender.padEnd(16))} ${text.padEnd(46)} ${result}`);
}

export function dim(text: string): string {
  return paint(2, text);
}
