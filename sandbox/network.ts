/** Creates the parts of the simulated network and connects them. */
import { Accounts } from "./accounts.ts";
import { Addresses } from "./addresses.ts";
import { AddressBook } from "./address-book.ts";
import { Announcements } from "./announcements.ts";
import { Blocks } from "./blocks.ts";
import { BusinessProfiles } from "./business-profiles.ts";
import { Calls } from "./calls.ts";
import { Catalog } from "./catalog.ts";
import { Channels } from "./channels.ts";
import { Chats } from "./chats.ts";
import { Clock } from "./clock.ts";
import { Communities } from "./communities.ts";
import { Copies } from "./copies.ts";
import { Delivery } from "./delivery.ts";
import { Devices } from "./devices.ts";
import { Faults } from "./faults.ts";
import { Groups } from "./groups.ts";
import { Hub } from "./hub.ts";
import { Invites } from "./invites.ts";
import { Labels } from "./labels.ts";
import { Linking, type LinkTimes } from "./linking.ts";
import { MessageMarks } from "./message-marks.ts";
import { Messages } from "./messages.ts";
import { createOperations } from "./operations.ts";
import { Orders } from "./orders.ts";
import { Outgoing } from "./outgoing.ts";
import { Participants } from "./participants.ts";
import { Pictures } from "./pictures.ts";
import { Presence } from "./presence.ts";
import { Privacy } from "./privacy.ts";
import { Queue } from "./queue.ts";
import { Receipts } from "./receipts.ts";
import { Statuses } from "./statuses.ts";
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
  const addresses = new Addresses(accounts);
  const blocks = new Blocks(store);
  const book = new AddressBook(store, accounts);
  const privacy = new Privacy(store, accounts, book);
  const pictures = new Pictures(store);
  const devices = new Devices(store);
  const messages = new Messages(store);
  const copies = new Copies(store);
  const queue = new Queue(store, messages);
  const announcements = new Announcements({ store, hub, blocks, book });
  const outgoing = new Outgoing({ store, devices, queue, hub, faults });
  const receipts = new Receipts({ store, clock, accounts, copies, faults, outgoing, privacy });
  const participants = new Participants(store);
  const groups = new Groups({ store, clock, accounts, blocks, copies, outgoing, participants, privacy });
  const targets = new Targets({ clock, accounts, messages, copies, groups });
  const channels = new Channels({ store, clock, announcements, pictures });
  const statuses = new Statuses({ accounts, blocks, clock, copies, messages, privacy, receipts });
  const parts = { accounts, blocks, clock, copies, groups, messages, outgoing, receipts, targets };
  const delivery = new Delivery({ ...parts, channels, faults, statuses });
  const presence = new Presence(accounts, hub, clock, store.changes);
  const chats = new Chats(store, accounts, book, groups);
  const linking = new Linking({ store, clock, accounts, devices, faults, times: linkTimes });
  const operations = createOperations({
    ...parts,
    ...createExtras(parts, { store, announcements, chats }),
    addresses,
    announcements,
    book,
    channels,
    chats,
    communities: new Communities(store, groups, participants),
    delivery,
    devices,
    hub,
    invites: new Invites({ store, clock, accounts, groups, participants }),
    pictures,
    presence,
    privacy,
    statuses,
    store,
  });
  const own = { store, clock, hub, faults, accounts, addresses, announcements, blocks, devices };
  return { ...own, messages, copies, queue, receipts, groups, presence, linking, operations, onError, mediaPort: 0 };
}

/** What nothing but the operations needs. */
function createExtras(
  parts: Omit<ConstructorParameters<typeof MessageMarks>[0], "chats"> & { readonly blocks: Blocks },
  { store, announcements, chats }: { store: Store; announcements: Announcements; chats: Chats },
) {
  const { accounts, blocks, clock } = parts;
  const catalog = new Catalog(store, accounts);
  return {
    businessProfiles: new BusinessProfiles(store),
    calls: new Calls({ accounts, announcements, blocks, clock }),
    catalog,
    labels: new Labels(store, announcements),
    marks: new MessageMarks({ ...parts, chats }),
    orders: new Orders({ store, clock, accounts, catalog }),
  };
}
