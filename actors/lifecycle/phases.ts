/**
 * The phases of a session on the node that owns it, and their transitions:
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
 * claimed   The node has claimed the session under a new epoch; nothing of it runs here yet.
 * waiting   It waits for a start slot, or for the back-off after its thread died. It can be interrupted at any time.
 * starting  What the driver needs is being prepared. It can be interrupted between two steps.
 * running   It has an actor. How well the session itself does is its state (contracts/states.ts), not its phase.
 * stopping  Its actor is being ended; no other command is accepted until that is done.
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
 * The commands of a session's lifecycle. `start` to `delete` come from the desired state in the database; the others
 * are responses to events. `recover`: the actor's thread died. `clean_up`: the phone removed the device. `release`: the
 * node stops. `move`: another node is to run it. `abandon`: another node owns the session now.
 */
export type Command =
  "start" | "restart" | "stop" | "logout" | "delete" | "recover" | "clean_up" | "release" | "move" | "abandon";

/** `interrupt`: abort the command that runs, then run this one. `queue`: run it afterwards. `ignore`: drop it. */
export type Decision = "interrupt" | "queue" | "ignore";

/**
 * A session that is coming up can be interrupted by everything except a logout: only a connected session can remove its
 * device from the account, so a logout waits. It has no actor yet, so `recover`, `clean_up` and `abandon` are about the
 * run before; the statements of the start itself detect a lost lease.
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
  move: "ignore",
  abandon: "ignore",
};

/**
 * The end of a session is never interrupted. Commands that are dropped here are not lost: the desired state is in the
 * database, and the node, or the next owner, compares again. The statements of the end itself detect a lost lease.
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
  move: "ignore",
  abandon: "ignore",
};

/** What happens to a command that arrives while another one runs. In the phase `running` no command runs. */
export const DECISIONS: Readonly<Record<Exclude<Phase, "running" | "gone">, Readonly<Record<Command, Decision>>>> = {
  claimed: COMING_UP,
  waiting: COMING_UP,
  starting: COMING_UP,
  stopping: ENDING,
};

/**
 * Only one command waits. Of two, the one with the higher rank is kept; of equal ranks the later one, which is the
 * newer desired state.
 */
export const RANK: Readonly<Record<Command, number>> = {
  start: 0,
  restart: 0,
  stop: 0,
  logout: 0,
  recover: 0,
  clean_up: 0,
  move: 0,
  delete: 1,
  release: 2,
  abandon: 3,
};
