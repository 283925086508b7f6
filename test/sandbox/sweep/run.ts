/** The order of the probes: later ones use what earlier ones have made. */
import { listFunctions } from "./page-call.ts";
import { preparePhones, prepareSession } from "./prepare.ts";
import type { Probes } from "./probe.ts";
import { cart, catalog, lastOfCatalog, order } from "./probes/business.ts";
import { call } from "./probes/call.ts";
import { chatActions } from "./probes/chat-actions.ts";
import { chatReading } from "./probes/chat-reading.ts";
import { chatSending } from "./probes/chat-sending.ts";
import { clientActing, clientGroups } from "./probes/client-acting.ts";
import { clientListening } from "./probes/client-listening.ts";
import { clientCatalog, clientChannels, clientCommunities, clientLabels, lastOfClient } from "./probes/client-more.ts";
import { clientReading, clientState, refreshedClient, unlinkedClient } from "./probes/client-reading.ts";
import { clientSending } from "./probes/client-sending.ts";
import { conn, lastOfConn, lastOfUnlinkedConn, unlinkedConn } from "./probes/conn.ts";
import { blocklist, contact } from "./probes/contact.ts";
import { community, group } from "./probes/group.ts";
import { labels, lists } from "./probes/labels.ts";
import { privacy, profile } from "./probes/profile.ts";
import { newsletter, status } from "./probes/status.ts";
import { indexdb, util } from "./probes/util.ts";
import { link, listMethods } from "./sessions.ts";
import { runProbes, type Row } from "./sweep.ts";
import { TENANT, World } from "./world.ts";

type Steps = readonly (readonly [space: string, probes: Probes])[];

const UNLINKED: Steps = [
  ["client", unlinkedClient],
  ["conn", unlinkedConn],
  ["client", refreshedClient],
  ["conn", lastOfUnlinkedConn],
];

const LINKED: Steps = [
  ["conn", conn],
  ["util", util],
  ["group", group],
  ["catalog", catalog],
  ["chat", chatSending],
  ["chat", chatReading],
  ["chat", chatActions],
  ["contact", contact],
  ["blocklist", blocklist],
  ["profile", profile],
  ["community", community],
  ["status", status],
  ["newsletter", newsletter],
  ["lists", lists],
  ["labels", labels],
  ["call", call],
  ["cart", cart],
  ["order", order],
  ["client", clientState],
  ["client", clientSending],
  ["client", clientReading],
  ["client", clientGroups],
  ["client", clientActing],
  ["client", clientLabels],
  ["client", clientCommunities],
  ["client", clientChannels],
  ["client", clientListening],
  ["catalog", lastOfCatalog],
  ["client", clientCatalog],
  ["privacy", privacy],
  ["indexdb", indexdb],
  ["client", lastOfClient],
  ["conn", lastOfConn],
];

/** Calls every public function of the libraries. Functions without a probe are in the result too. */
export async function runSweep(): Promise<Row[]> {
  const world = await World.open();
  try {
    await preparePhones(world);
    const rows: Row[] = [];
    for (const [space, probes] of UNLINKED) rows.push(...(await runProbes(world, space, probes)));
    await Promise.all([
      link(world.sandbox, TENANT, world.personal, world.notes.get("code")),
      link(world.sandbox, TENANT, world.business),
    ]);
    await prepareSession(world);
    const functions = {
      ...(await listFunctions(world.personal.page)),
      client: listMethods(world.personal.client),
    };
    for (const [space, probes] of LINKED) rows.push(...(await runProbes(world, space, probes)));
    return [...rows, ...untested(functions, rows)];
  } finally {
    await world.close();
  }
}

function untested(functions: Record<string, readonly string[]>, rows: readonly Row[]): Row[] {
  const tested = new Set(rows.map(({ name }) => name));
  const all = Object.entries(functions).flatMap(([space, names]) => names.map((name) => `${space}.${name}`));
  return all
    .filter((name) => !tested.has(name))
    .map((name) => ({ name, probe: undefined, finding: { outcome: "wrong", detail: "it has no probe" } }));
}
