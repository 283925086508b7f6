/**
 * Shapes that a driver does not understand: counted, and reported once a second at most, so that a flood of them costs
 * little. A shape holds types and field names, never contents.
 */
import type { DriverEvent } from "./events.ts";

type UnknownShape = Extract<DriverEvent, { type: "unknown_shape" }>;

const WINDOW_MS = 1_000;
/** Distinct shapes in one report; the others are counted under `other`. */
const SHAPES = 50;
const LENGTH = 200;

export class UnknownShapes {
  readonly #report: (event: UnknownShape) => void;
  readonly #counts = new Map<string, { source: string; shape: string; count: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(report: (event: UnknownShape) => void) {
    this.#report = report;
  }

  /** A payload could not be parsed. `source` is from a small fixed set, such as the name of a listener. */
  notePayload(source: string, payload: unknown): void {
    this.#count(source, shapeOf(payload));
  }

  /** A name from the protocol's own vocabulary is not known, such as a message type. */
  noteName(source: string, name: string): void {
    this.#count(source, name.slice(0, LENGTH));
  }

  #count(source: string, named: string): void {
    const shape = this.#counts.size < SHAPES || this.#counts.has(`${source} ${named}`) ? named : "other";
    const key = `${source} ${shape}`;
    const entry = this.#counts.get(key) ?? { source, shape, count: 0 };
    entry.count += 1;
    this.#counts.set(key, entry);
    this.#timer ??= setTimeout(() => this.flush(), WINDOW_MS);
  }

  /** Reports the noted shapes immediately. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const entry of this.#counts.values()) this.#report({ type: "unknown_shape", ...entry });
    this.#counts.clear();
  }
}

/**
 * The fields of a payload with their types. A key that does not look like a field's name may be an id, and is left out.
 */
export function shapeOf(given: unknown): string {
  if (typeof given !== "object" || given === null) return given === null ? "null" : typeof given;
  if (Array.isArray(given)) return "array";
  const fields = Object.entries(given)
    .map(([key, value]) => `${/^[A-Za-z_]{1,40}$/.test(key) ? key : "?"}:${typeof value}`)
    .toSorted();
  return `{${[...new Set(fields)].join(",")}}`.slice(0, LENGTH);
}
