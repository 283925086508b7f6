/**
 * A cluster on a virtual clock: the real decisions about leases and claims, simulated processes, browsers, clocks and a
 * database, and faults from a seed. It fails when a session has two live browsers, or waits too long for its next owner.
 */
import { LeaseTrust } from "../../actors/lease-trust.ts";
import { claimLimit } from "../../actors/placement/claim-limit.ts";
import { leaseTimesOf } from "../../contracts/lease-times.ts";
import { SimulatedDatabase } from "./simulated-database.ts";

export interface SimulationOptions {
  readonly seed: number;
  readonly nodes: number;
  readonly sessions: number;
  /** Virtual seconds. */
  readonly seconds: number;
  /** The mean number of faults of each node in a virtual minute. */
  readonly faults: number;
  /** ms that replace the real fence, to show that the checks find a wrong one. */
  readonly fence?: number;
}

export interface SimulationResult {
  readonly faults: number;
  readonly takeovers: number;
  /** ms from a session's last owner's death in the database to its next claim, at most. */
  readonly longestWait: number;
  /** The largest difference of a node's load from its share at the end, in parts of the share. */
  readonly unevenness: number;
  /** Statements a second, once calm. */
  readonly statements: number;
}

const { times } = leaseTimesOf(12_000, 1_500, 6_000);
const TICK = 250;
const STEP = 1_000;
const WATCH = 500;
/** ms that a killed browser still lives, and that the page's switch takes to notice. */
const BROWSER_ENDS = 2_500;
const SWITCH = 250;

/** Uniform in [0, 1), the same sequence for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Process {
  readonly index: number;
  readonly capacity: number;
  /** The speed of its clock. */
  readonly rate: number;
  incarnation: number;
  trust: LeaseTrust;
  /** Real time of the send of the last successful renewal. */
  renewedAt: number;
  isUp: boolean;
  joinedAt: number;
  frozenUntil: number;
  cutOffUntil: number;
  downUntil: number;
  nextRenewal: number;
  nextStep: number;
  /** What its row shows. */
  reported: number;
}

export function simulate(options: SimulationOptions): SimulationResult {
  const random = randomOf(options.seed);
  const database = new SimulatedDatabase(options.sessions);
  const fence = options.fence ?? times.fence;
  /** By session: until when a browser of an earlier owner may live. */
  const liveUntil = new Float64Array(options.sessions);
  let [incarnations, faults, takeovers, longestWait, calmStatements] = [0, 0, 0, 0, 0];
  const processes: Process[] = Array.from({ length: options.nodes }, (_, index) => ({
    index,
    capacity: 4_000 + Math.floor(random() * 3) * 2_000,
    rate: 0.95 + random() * 0.1,
    incarnation: -1,
    trust: new LeaseTrust({ fence }),
    renewedAt: 0,
    isUp: false,
    joinedAt: 0,
    frozenUntil: 0,
    cutOffUntil: 0,
    downUntil: 0,
    nextRenewal: 0,
    nextStep: 0,
    reported: 0,
  }));
  /** Every session has had an owner: what waits from now on was taken from one. */
  let isSettled = false;
  const end = options.seconds * 1_000;
  const calmFrom = end - 30_000;
  const fail = (now: number, what: string): never => {
    throw new Error(`seed ${options.seed}, ${options.nodes} nodes, at ${now} ms: ${what}`);
  };

  /** When the switch in a page of the node has fired, for a node that does nothing any more. */
  const switchOf = (node: Process): number => node.renewedAt + fence / node.rate + SWITCH;
  /** Its browsers are killed now; the switch in the page may have come first. */
  const endBrowsers = (node: Process, now: number): void => {
    const until = Math.min(now + BROWSER_ENDS, Math.max(now, switchOf(node)));
    for (const session of database.ownedBy(node.incarnation)) liveUntil[session] = until;
    node.isUp = false;
  };
  const join = (node: Process, now: number): void => {
    node.incarnation = incarnations++;
    database.register(node.incarnation, node.index, node.capacity, now + times.ttl);
    node.trust = new LeaseTrust({ fence });
    node.trust.renewed(now * node.rate);
    node.renewedAt = now;
    [node.isUp, node.joinedAt, node.reported] = [true, now, 0];
    node.nextRenewal = now + random() * times.renew;
    node.nextStep = now + random() * STEP;
  };
  const renew = (node: Process, now: number): void => {
    const load = database.ownedBy(node.incarnation).size;
    if (!database.renew(node.incarnation, now, times.ttl, load)) return endBrowsers(node, now);
    node.trust.renewed(now * node.rate);
    [node.renewedAt, node.reported] = [now, load];
  };
  const claim = (node: Process, now: number): boolean => {
    const sum = database.situation();
    const load = database.ownedBy(node.incarnation).size;
    const me = { capacity: node.capacity, load, sessions: load, maxSessions: options.sessions };
    const cluster = { nodes: sum.nodes, capacity: sum.capacity, load: sum.load - node.reported + load, starting: 0 };
    const waiting = { count: database.waiting, weight: database.waiting, longest: database.longest(now) };
    const limit = waiting.count === 0 ? 0 : claimLimit(me, cluster, waiting, random());
    if (limit === 0) return false;
    const waitedSince = waiting.longest;
    for (const session of database.claim(node.incarnation, now, limit)) {
      if (liveUntil[session]! > now) fail(now, `session ${session} has two live browsers`);
      if (database.epoch[session]! > 1) takeovers += 1;
    }
    if (isSettled) longestWait = Math.max(longestWait, waitedSince);
    renew(node, now);
    return true;
  };
  const disturb = (node: Process, now: number): void => {
    faults += 1;
    const kind = Math.floor(random() * 3);
    if (kind === 0) {
      endBrowsers(node, now);
      node.downUntil = now + 2_000 + random() * 30_000;
    } else if (kind === 1) node.frozenUntil = now + random() * 2 * times.ttl;
    else node.cutOffUntil = now + random() * 2 * times.ttl;
  };

  let nextWatch = 0;
  for (let now = 0; now < end; now += TICK) {
    const isCalm = now >= calmFrom - 60_000;
    const before = database.statements;
    if (now >= nextWatch) {
      // Browsers of a node that expires while it is frozen or cut off end by their own switch, counted from the renewal.
      for (const node of processes)
        if (node.isUp && node.frozenUntil > now)
          for (const session of database.ownedBy(node.incarnation)) liveUntil[session] = switchOf(node);
      database.reap(now);
      nextWatch = now + WATCH;
    }
    for (const node of processes) {
      if (!node.isUp) {
        if (now >= node.downUntil && now >= node.cutOffUntil && now >= node.frozenUntil) join(node, now);
        continue;
      }
      if (!isCalm && random() < (options.faults / 60_000) * TICK) disturb(node, now);
      if (!node.isUp || node.frozenUntil > now) continue;
      if (node.trust.remaining(now * node.rate) === 0) {
        endBrowsers(node, now);
        continue;
      }
      const isReachable = node.cutOffUntil <= now;
      if (now >= node.nextRenewal) {
        if (isReachable) renew(node, now);
        node.nextRenewal = now + times.renew;
      }
      if (node.isUp && isReachable && now >= node.nextStep) {
        // A step that claimed something is followed by another at once.
        node.nextStep = claim(node, now) ? now : now + STEP;
      }
    }
    if (now >= calmFrom) calmStatements += database.statements - before;
    isSettled ||= database.waiting === 0 && now > 0;
    // Longer only when no node has been well for a while.
    const isWell = ({ isUp, joinedAt, frozenUntil, cutOffUntil }: Process) =>
      isUp && Math.max(joinedAt, frozenUntil, cutOffUntil) <= now - 5_000;
    if (isSettled && database.longest(now) > times.ttl + 2_000 && processes.some(isWell))
      fail(now, `a session has waited ${database.longest(now)} ms for an owner`);
  }
  if (database.waiting > 0) fail(end, `${database.waiting} sessions have no owner at the end`);
  const capacity = processes.reduce((sum, node) => sum + node.capacity, 0);
  const unevenness = Math.max(
    ...processes.map((node) => {
      const share = (options.sessions * node.capacity) / capacity;
      return Math.abs(database.ownedBy(node.incarnation).size - share) / share;
    }),
  );
  return { faults, takeovers, longestWait, unevenness, statements: calmStatements / 30 };
}
