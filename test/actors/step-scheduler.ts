/**
 * Decides the order in which concurrent work proceeds. The code under test waits in `step` before and after each
 * asynchronous call; the scheduler lets one waiting step proceed at a time, chosen by a seeded generator.
 */
export class StepScheduler {
  readonly #random: () => number;
  readonly #waiting: { readonly label: string; readonly proceed: () => void }[] = [];
  #working = 0;
  /** The steps that proceeded, in order; read it when a run fails. */
  readonly trace: string[] = [];

  readonly name: string;
  /** A folder for the run's files. */
  readonly folder: string;

  constructor(seed: number, name: string, folder: string) {
    this.#random = mulberry32(seed);
    this.name = name;
    this.folder = folder;
  }

  /** Resolves when the scheduler lets this step proceed. */
  step(label: string): Promise<void> {
    return new Promise((proceed) => this.#waiting.push({ label, proceed }));
  }

  /** Runs asynchronous work whose start and whose result are both steps. */
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

  /** Lets up to `limit` steps proceed, until `isDone` and no step waits. Throws when it is stuck before that. */
  async run(isDone: () => boolean, limit = Infinity): Promise<void> {
    let lastStep = performance.now();
    for (let steps = 0, quietTurns = 0; steps < limit;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#takeOne();
      if (next === undefined) {
        quietTurns = isDone() && this.#working === 0 ? quietTurns + 1 : 0;
        if (quietTurns > QUIET_TURNS) return;
        if (performance.now() - lastStep > STUCK_AFTER) throw new Error(`no step follows: ${this.trace.join(" ")}`);
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

/** Turns of the event loop without a step after which no more are expected; a group commit waits for a few. */
const QUIET_TURNS = 12;
/** ms without a step after which the run is considered stuck; file access is faster even on a busy machine. */
const STUCK_AFTER = 10_000;

/** A seeded generator of numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
