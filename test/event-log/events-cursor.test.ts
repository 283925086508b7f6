/**
 * The cursor of `GET /events`: a client that follows it misses nothing, and its cursor does not expire while it is in
 * use.
 */
import { createId } from "../../contracts/ids.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { acquireDatabase, releaseDatabase } from "../../mixins/database.mixin.ts";
import { OPEN, registerTenant } from "../harness/accounts.ts";
import { sampleDraft } from "../harness/events.ts";
import { startSystem, type System } from "../harness/system.ts";

interface Page {
  readonly data: { readonly cursor: string; readonly data: { readonly name?: string } }[];
  readonly nextCursor: string | null;
}

let system: System;

beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant", "event"], environment: OPEN });
});
afterAll(() => system.stop());

test("a tenant without new events continues with its cursor after the events of others were deleted", async () => {
  const database = await acquireDatabase(system.broker);
  try {
    const [quiet, busy] = [await registerTenant(system, "Quiet"), await registerTenant(system, "Busy")];
    const append = (tenantId: string, n: number) =>
      database.transaction((sql) =>
        appendEvents(
          sql,
          [sampleDraft("session.created", { tenantId, sessionId: createId("session") }, { name: `session-${n}` })],
          Date.now(),
        ),
      );
    const read = (cursor: string | null) =>
      quiet.owner.expect<Page>(
        200,
        "GET",
        `/events?limit=2${cursor === null ? "" : `&after=${encodeURIComponent(cursor)}`}`,
      );
    for (const n of [1, 2, 3]) await append(quiet.tenantId, n);
    const first = await read(null);
    expect(first.data.map(({ data }) => data.name)).toEqual(["session-1", "session-2"]);
    const second = await read(first.data[0]!.cursor);
    expect(second.data.map(({ data }) => data.name)).toEqual(["session-2", "session-3"]);
    const rest = await read(first.nextCursor);
    expect(rest.data.map(({ data }) => data.name)).toEqual(["session-3"]);
    for (const n of [4, 5]) await append(busy.tenantId, n);
    const nothing = await read(rest.nextCursor);
    expect(nothing.data).toEqual([]);
    await database.run("DELETE FROM events");
    await append(busy.tenantId, 6);
    const still = await read(nothing.nextCursor);
    expect(still.data).toEqual([]);
    await append(quiet.tenantId, 7);
    expect((await read(still.nextCursor)).data.map(({ data }) => data.name)).toEqual(["session-7"]);
  } finally {
    await releaseDatabase(system.broker);
  }
});
