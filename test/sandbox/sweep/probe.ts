/** A probe calls one function of a library with sensible arguments, and says what a right outcome looks like. */
import type { z } from "zod";
import type { World } from "./world.ts";

/**
 * - works: the result looks right, and what the act does is seen by those whom it concerns.
 * - refused: the function refuses as WhatsApp or the library documents it.
 * - missing: the page lacks a part that the function needs.
 * - wrong: anything else, such as a wrong result, or an act without effect.
 * - hangs: no outcome in time.
 * - impossible: the library's own fault; no page can satisfy it.
 */
export type Outcome = "works" | "refused" | "missing" | "wrong" | "hangs" | "impossible";

export interface Probe {
  /** The arguments, or promises of them; `heard` is a callback that records what it is called with. */
  readonly args?: (world: World, heard: (...event: unknown[]) => void) => readonly unknown[];
  /** Runs in the page in place of a plain call; self-contained. Gets the arguments. */
  readonly inPage?: (...args: never[]) => unknown;
  /** What the result looks like. Of a probe with `act`: what is heard. */
  readonly result?: z.ZodType;
  /** Makes a phone or the page do what `heard` reports. */
  readonly act?: (world: World) => Promise<unknown>;
  /** Repeated until it returns something else than undefined or false: what those see whom the act concerns. */
  readonly shown?: (world: World, result: never) => unknown;
  /** The code, or a part of the message, of the documented refusal. */
  readonly refuses?: string;
  /** Why no page can satisfy the function. */
  readonly impossible?: string;
  /** The session that calls it; the personal one by default. */
  readonly by?: "business";
  /** It is called with a number, also in an account that names people by their LIDs. */
  readonly byNumber?: true;
  /** How long it may take until it is heard or shown. */
  readonly seconds?: number;
  /** A remark for the table. */
  readonly note?: string;
}

/** Probes by function name, in the order in which they run. */
export type Probes = Readonly<Record<string, Probe>>;

/** What a call came to. */
export type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly name: string; readonly code: string; readonly message: string } }
  | { readonly hangs: true };

export interface Finding {
  readonly outcome: Outcome;
  /** Why the outcome is not right. */
  readonly detail: string;
}

/** An error that a missing part of the page causes. */
const MISSING = /is not a function|undefined|not a constructor|is null|not available|Cannot (?:read|set) prop/;

function describe({ name, code, message }: { name: string; code: string; message: string }): string {
  return `${name} ${code} ${message}`.slice(0, 200);
}

/** Judges an answer that came, without regard to what it shows. */
export function judge(probe: Probe, answer: Answer): Finding {
  if ("hangs" in answer) return { outcome: "hangs", detail: "no answer in time" };
  if ("error" in answer) {
    const { error } = answer;
    const isDocumented =
      probe.refuses !== undefined && (error.code === probe.refuses || error.message.includes(probe.refuses));
    if (isDocumented) return { outcome: "refused", detail: "" };
    const isMissing = error.code === "" && MISSING.test(error.message);
    return { outcome: isMissing ? "missing" : "wrong", detail: describe(error) };
  }
  if (probe.refuses !== undefined) return { outcome: "wrong", detail: `not refused with ${probe.refuses}` };
  const mismatch = probe.act === undefined ? mismatchOf(probe, answer.value) : undefined;
  return mismatch === undefined ? { outcome: "works", detail: "" } : { outcome: "wrong", detail: mismatch };
}

/** Why the value does not look right; undefined when it does. */
export function mismatchOf({ result }: Probe, value: unknown): string | undefined {
  const parsed = result?.safeParse(value);
  if (parsed === undefined || parsed.success) return undefined;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join(".")}: ${issue?.message} in ${JSON.stringify(value)}`.slice(0, 400);
}
