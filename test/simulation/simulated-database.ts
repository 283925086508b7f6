/** The rows of nodes and placements with the rules of the statements in db/statements/sessions/, and a count of calls. */

export interface NodeRow {
  readonly node: number;
  status: "up" | "dead";
  leaseUntil: number;
  capacity: number;
  load: number;
}

export class SimulatedDatabase {
  /** By incarnation. */
  readonly nodes = new Map<number, NodeRow>();
  /** By session: the incarnation that owns it, -1 for none; its epoch; since when. */
  readonly owner: Int32Array;
  readonly epoch: Int32Array;
  readonly since: Float64Array;
  #waiting: number[] = [];
  /** The first that still waits. */
  #head = 0;
  readonly #owned = new Map<number, Set<number>>();
  statements = 0;

  constructor(sessions: number) {
    this.owner = new Int32Array(sessions).fill(-1);
    this.epoch = new Int32Array(sessions);
    this.since = new Float64Array(sessions);
    for (let session = 0; session < sessions; session += 1) this.#waiting.push(session);
  }

  get waiting(): number {
    return this.#waiting.length - this.#head;
  }

  /** ms since the first of them waits. */
  longest(now: number): number {
    return this.waiting === 0 ? 0 : now - this.since[this.#waiting[this.#head]!]!;
  }

  register(incarnation: number, node: number, capacity: number, leaseUntil: number): void {
    this.statements += 1;
    this.nodes.set(incarnation, { node, status: "up", leaseUntil, capacity, load: 0 });
    this.#owned.set(incarnation, new Set());
  }

  renew(incarnation: number, now: number, ttl: number, load: number): boolean {
    this.statements += 1;
    const row = this.nodes.get(incarnation)!;
    if (row.status === "dead" || row.leaseUntil <= now) return false;
    row.leaseUntil = now + ttl;
    row.load = load;
    return true;
  }

  /** Ends expired nodes and frees their sessions; returns how many sessions that were. */
  reap(now: number): number {
    this.statements += 1;
    let freed = 0;
    for (const [incarnation, row] of this.nodes) {
      if (row.status === "dead" || row.leaseUntil >= now) continue;
      row.status = "dead";
      for (const session of this.#owned.get(incarnation)!) {
        this.owner[session] = -1;
        this.since[session] = now;
        this.#waiting.push(session);
        freed += 1;
      }
      this.#owned.delete(incarnation);
      this.nodes.delete(incarnation);
    }
    return freed;
  }

  situation(): { nodes: number; capacity: number; load: number } {
    this.statements += 1;
    const sum = { nodes: 0, capacity: 0, load: 0 };
    for (const { status, capacity, load } of this.nodes.values()) {
      if (status !== "up") continue;
      sum.nodes += 1;
      sum.capacity += capacity;
      sum.load += load;
    }
    return sum;
  }

  /** The sessions that the node gets, each under a new epoch. */
  claim(incarnation: number, now: number, limit: number): number[] {
    this.statements += 1;
    const row = this.nodes.get(incarnation);
    if (row === undefined || row.status !== "up" || row.leaseUntil <= now) return [];
    const claimed = this.#waiting.slice(this.#head, this.#head + limit);
    this.#head += claimed.length;
    if (this.waiting === 0) [this.#waiting, this.#head] = [[], 0];
    for (const session of claimed) {
      this.owner[session] = incarnation;
      this.epoch[session]! += 1;
      this.since[session] = now;
      this.#owned.get(incarnation)!.add(session);
    }
    return claimed;
  }

  ownedBy(incarnation: number): ReadonlySet<number> {
    return this.#owned.get(incarnation) ?? new Set();
  }
}
