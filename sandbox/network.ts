/** Creates the parts of the simulated network and connects them. */
import { Accounts } from "./accounts.ts";
import { Blocks } from "./blocks.ts";
import { Chats } from "./chats.ts";
import { Clock } from "./clock.ts";
import { Copies } from "./copies.ts";
import { Delivery } from "./delivery.ts";
import { Devices } from "./devices.ts";
import { Faults } from "./faults.ts";
import { Groups } from "./groups.ts";
import { Hub } from "./hub.ts";
import { Invites } from "./invites.ts";
import { Linking, type LinkTimes } from "./linking.ts";
import { Messages } from "./messages.ts";
import { createOperations } from "./operations.ts";
import { Outgoing } from "./outgoing.ts";
import { Participants } from "./participants.ts";
import { Presence } from "./presence.ts";
import { Queue } from "./queue.ts";
import { Receipts } from "./receipts.ts";
import { Store } from "./store.ts";
import { Targets } from "./targets.ts";

export interface NetworkOptions {
  readonly dataDir: string;
  readonly linkTimes: LinkTimes;
  /** Unix ms. */
  readonly now: () => number;
  /** Receives the errors of background work, which has no caller. */
  readonly onError: (error: unknown) => void;
}

export type Network = ReturnType<typeof createNetwork>;

export function createNetwork({ dataDir, linkTimes, now, onError }: NetworkOptions) {
  const store = new Store(dataDir, onError);
  const clock = new Clock(now);
  const hub = new Hub();
  const faults = new Faults();
  const accounts = new Accounts(store);
  const blocks = new Blocks(store);
  const devices = new Devices(store);
  const messages = new Messages(store);
  const copies = new Copies(store);
  const queue = new Queue(store, messages);
  const outgoing = new Outgoing({ store, devices, queue, hub, faults });
  const receipts = new Receipts({ store, clock, accounts, copies, faults, outgoing });
  const participants = new Participants(store);
  const groups = new Groups({ store, clock, accounts, blocks, copies, outgoing, participants });
  const invites = new Invites({ store, clock, accounts, groups, participants });
  const targets = new Targets({ clock, accounts, messages, copies, groups });
  const delivery = new Delivery({
    clock,
    accounts,
    blocks,
    messages,
    copies,
    groups,
    targets,
    faults,
    outgoing,
    receipts,
  });
  const presence = new Presence(accounts, hub, clock, store.changes);
  const chats = new Chats(store, accounts, groups);
  const linking = new Linking({ store, clock, accounts, devices, faults, times: linkTimes });
  const operations = createOperations({
    accounts,
    blocks,
    chats,
    copies,
    delivery,
    groups,
    hub,
    invites,
    messages,
    presence,
    receipts,
    store,
  });
  return {
    blocks,
    store,
    clock,
    hub,
    faults,
    accounts,
    devices,
    messages,
    copies,
    queue,
    receipts,
    groups,
    presence,
    linking,
    operations,
    onError,
  };
}
