/** Analytics as a running service: updates to sockets, retention of counts, and reports from a read replica. */
import type { Overview } from "../../../contracts/routes/analytics.ts";
import { announceEvents } from "../../../event-log/announce.ts";
import { createKey, OPEN, registerTenant } from "../../harness/accounts.ts";
import { databaseEnvironment, isOnPostgres } from "../../harness/database.ts";
import { dataOf } from "../../harness/events.ts";
import { closeSockets, connected } from "../../harness/listener.ts";
import { loadService, startSystem, until } from "../../harness/system.ts";
import { startAnalytics, type AnalyticsBed } from "./bed.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let bed: AnalyticsBed;

beforeAll(async () => {
  bed = await startAnalytics();
});
afterEach(closeSockets);
afterAll(() => bed.stop());

describe("updates to sockets", () => {
  test("come at most once a second, add up to what was counted, and only to those who may see them", async () => {
    const { account, one } = await bed.makeTenant("Updates");
    const { account: stranger } = await bed.makeTenant("Neighbour");
    const [main, analytics] = [
      await connected(bed.system, { token: account.accessToken }),
      await connected(bed.system, { token: account.accessToken }, "/analytics"),
    ];
    const other = await connected(bed.system, { token: stranger.accessToken }, "/analytics");
    const { key } = await createKey(account, { scopes: ["analytics:read"], sessions: [one] });
    const limited = await connected(bed.system, { apiKey: key }, "/analytics");
    let sent = 0;
    const end = Date.now() + 3_000;
    await until(async () => {
      await bed.append(account, one, "message.sent", 3, Date.now());
      announceEvents(bed.system.broker);
      sent += 3;
      return Date.now() > end;
    });
    const updatesOf = (listener: typeof main) =>
      listener.got.filter(({ name }) => name === "analytics:update").map(({ event }) => event);
    const sumOf = (listener: typeof main) =>
      updatesOf(listener).reduce((sum, event) => sum + ((dataOf(event)["counts"] as { sent?: number }).sent ?? 0), 0);
    await until(() => sumOf(analytics) === sent);
    await until(() => sumOf(main) === sent);
    const times = updatesOf(analytics).map(({ at }) => Date.parse(at));
    for (const [index, at] of times.slice(1).entries()) expect(at - times[index]!).toBeGreaterThanOrEqual(990);
    expect(times.length).toBeGreaterThanOrEqual(3);
    expect(updatesOf(analytics)[0]).toMatchObject({
      type: "analytics.update",
      tenantId: account.tenantId,
      data: { sessions: { [one]: {} } },
    });
    expect([updatesOf(other), updatesOf(limited)]).toEqual([[], []]);
    const quiet = times.length;
    const deadline = Date.now() + 1_500;
    await until(() => Date.now() > deadline);
    expect(updatesOf(analytics)).toHaveLength(quiet);
  });
});

describe("retention", () => {
  test("minutes for 48 hours, hours for 90 days, days for 3 years", async () => {
    const { account, one } = await bed.makeTenant("Kept");
    const now = Date.now();
    for (const age of [HOUR, 47 * HOUR, 74 * HOUR, 89 * DAY, 92 * DAY, 1_090 * DAY, 1_100 * DAY])
      await bed.append(account, one, "message.sent", 1, now - age);
    await bed.counted();
    await bed.system.broker.destroyService(bed.system.broker.getLocalService("analytics"));
    bed.system.broker.createService(await loadService("analytics"));
    const kept = async () => {
      const rows = await bed.database.all<{ size: string; count: number }>(
        "SELECT size, count(*) AS count FROM rollups WHERE tenant_id = $1 GROUP BY size",
        [account.tenantId],
      );
      return Object.fromEntries(rows.map(({ size, count }) => [size, Number(count)]));
    };
    await until(async () => (await kept())["day"] === 6);
    expect(await kept()).toEqual({ minute: 2, hour: 4, day: 6 });
  });
});

describe("a read replica", () => {
  test.each([
    ["that is up", true],
    ["that is down", false],
  ])("%s: reports are answered", async (_name, isThere) => {
    if (isThere && !isOnPostgres) return;
    const url = isThere
      ? (await databaseEnvironment(bed.system.dataDir))["WPP_DATABASE_URL"]!
      : "postgres://reader@127.0.0.1:1/nothing";
    const environment = { ...OPEN, WPP_DATABASE_READ_URL: url };
    const reading = await startSystem({
      services: ["api-gateway", "auth", "tenant", "analytics"],
      environment,
      dataDir: bed.system.dataDir,
    });
    try {
      const account = await registerTenant(reading, `Replica${String(isThere)}`);
      expect((await account.owner.expect<Overview>(200, "GET", "/analytics/overview")).total.counts.sent).toBe(0);
      expect((await account.owner.ask("GET", "/analytics/timeseries?session=x")).body).toMatchObject({
        code: "not_found",
      });
    } finally {
      await reading.stop();
    }
  });
});
