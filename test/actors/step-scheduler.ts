/**
 * Decides the order in which concurrent work goes on. What is under test waits in `step` before and after each thing that
 * takes time; the scheduler lets one of the waiting steps go on at a time, chosen by a seeded generator.
 */
export class StepScheduler {
  readonly #random: () => number;
  readonly #waiting: { readonly label: string; readonly proceed: () => void }[] = [];
  #working = 0;
  /** The steps that went on, in order: what to read when a run fails. */
  readonly trace: string[] = [];

  readonly name: string;
  /** Where the run may put files. */
  readonly folder: string;

  constructor(seed: number, name: string, folder: string) {
    this.#random = mulberry32(seed);
    this.name = name;
    this.folder = folder;
  }

  /** Resolves when the scheduler lets this step go on. */
  step(label: string): Promise<void> {
    return new Promise((proceed) => this.#waiting.push({ label, proceed }));
  }

  /** Work that takes time: it begins, and its result arrives, when the scheduler says so. */
  async around<T>(label: string, work: () => Promise<T>): Promise<T> {
    await this.step(`${label}?`);
    this.#working += 1;
    try {
      return await work();
    } finally {
      const arrival = this.step(`${label}!`);
      this.#working -= 1;
      await arrival;
    }
  }

  /** Lets up to `limit` steps go on, until it `isDone` and nothing waits. Fails when nothing waits and it is not done. */
  async run(isDone: () => boolean, limit = Infinity): Promise<void> {
    let lastStep = performance.now();
    for (let steps = 0, quietTurns = 0; steps < limit;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#takeOne();
      if (next === undefined) {
        quietTurns = isDone() && this.#working === 0 ? quietTurns + 1 : 0;
        if (quietTurns > QUIET_TURNS) return;
        if (performance.now() - lastStep > STUCK_AFTER)
          throw new Error(`nothing goes on after: ${this.trace.join(" ")}`);
        continue;
      }
      quietTurns = 0;
      lastStep = performance.now();
      steps += 1;
      this.trace.push(next.label);
      next.proceed();
    }
  }

  #takeOne(): { readonly label: string; readonly proceed: () => void } | undefined {
    return this.#waiting.splice(Math.floor(this.#random() * this.#waiting.length), 1)[0];
  }
}

/** Turns of the event loop without a step after which nothing more is to be expected: a group commit waits for a few. */
const QUIET_TURNS = 12;
/** ms without a step after which something is stuck: files of a busy machine answer sooner. */
const STUCK_AFTER = 10_000;

/** A small seeded generator of numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
