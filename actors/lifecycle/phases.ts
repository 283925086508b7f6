/**
 * The phases of a session on the node that owns it, and what may follow what:
 *
 *                waiting ◄──────────────┐
 *                 ▲   │                 │ its thread died
 *         no slot │   ▼                 │
 *   claimed ──► starting ──────────► running
 *      │          │   ▲                 │
 *      │          │   │ restart         │ stop, logout, delete, ...
 *      └──────────┴───┴─── stopping ◄───┘
 *                             │
 *                             ▼
 *                           gone   ◄── from any phase when the node loses the session
 *
 * claimed   The node has claimed the session under a new epoch; nothing of it runs here.
 * waiting   It waits for a start slot, or for the back-off after its thread died. It can be interrupted at any time.
 * starting  What the driver needs is being prepared. It can be interrupted between two steps.
 * running   It has an actor. How well the session itself does is its state (contracts/states.ts), not its phase.
 * stopping  Its actor is being ended; no other command is taken until that is done.
 * gone      The node has released it, deleted it or lost it. Terminal.
 */
export type Phase = "claimed" | "waiting" | "starting" | "running" | "stopping" | "gone";

export const NEXT_PHASES: Readonly<Record<Phase, readonly Phase[]>> = {
  claimed: ["starting", "stopping"],
  waiting: ["starting", "stopping", "gone"],
  starting: ["waiting", "running", "stopping", "gone"],
  running: ["waiting", "stopping", "gone"],
  stopping: ["starting", "gone"],
  gone: [],
};

/**
 * What can be asked of a session's lifecycle. `start` to `delete` come from the desired state in the database; the others are
 * events: its actor's thread died, the phone removed the device, the node stops, another node owns the session now.
 */
export type Command =
  "start" | "restart" | "stop" | "logout" | "delete" | "recover" | "clean_up" | "release" | "abandon";

/** `interrupt`: abort the command that runs, then run this one. `queue`: run it afterwards. `ignore`: drop it. */
export type Decision = "interrupt" | "queue" | "ignore";

/**
 * A session that is coming up can be interrupted by everything but a logout: what is not connected cannot remove its device
 * from the account, so a logout waits. It has no actor yet that could die, be logged out or learn that the lease is lost; what
 * arrives of these is about the run before. A lost lease shows in the statements of the start itself.
 */
const COMING_UP: Readonly<Record<Command, Decision>> = {
  start: "ignore",
  restart: "interrupt",
  stop: "interrupt",
  logout: "queue",
  delete: "interrupt",
  recover: "ignore",
  clean_up: "ignore",
  release: "interrupt",
  abandon: "ignore",
};

/**
 * An ending runs to its end. What is dropped here is not lost: the desired state is in the database, and the node, or the
 * next owner, compares again. An ending notices on its own that the lease is lost or the actor dead.
 */
const ENDING: Readonly<Record<Command, Decision>> = {
  start: "ignore",
  restart: "ignore",
  stop: "ignore",
  logout: "ignore",
  delete: "ignore",
  recover: "ignore",
  clean_up: "ignore",
  release: "ignore",
  abandon: "ignore",
};

/** What becomes of a command that arrives while another one runs. A session that is `running` has no command that runs. */
export const DECISIONS: Readonly<Record<Exclude<Phase, "running" | "gone">, Readonly<Record<Command, Decision>>>> = {
  claimed: COMING_UP,
  waiting: COMING_UP,
  starting: COMING_UP,
  stopping: ENDING,
};

/** Of two commands that wait, the one with the higher rank is kept, of equals the later: the newer desired state. */
export const RANK: Readonly<Record<Command, number>> = {
  start: 0,
  restart: 0,
  stop: 0,
  logout: 0,
  recover: 0,
  clean_up: 0,
  delete: 1,
  release: 2,
  abandon: 3,
};
