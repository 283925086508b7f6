/** Analytics as a running service: updates to sockets, retention of counts, and reports from a read replica. */
import type { Overview } from "../../../contracts/routes/analytics.ts";
import { announceEvents } from "../../../event-log/announce.ts";
import { createKey, OPEN, registerTenant } from "../../harness/accounts.ts";
import { databaseEnvironment, isOnPostgres } from "../../harness/database.ts";
import { dataOf } from "../../harness/events.ts";
import { closeSockets, connected } from "../../harness/listener.ts";
import { loadService, startSystem, until } from "../../harness/system.ts";
import { startAnalyticsSystem, type AnalyticsSystem } from "./analytics-system.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let analytics: AnalyticsSystem;

beforeAll(async () => {
  analytics = await startAnalyticsSystem();
});
afterEach(closeSockets);
afterAll(() => analytics.stop());

describe("updates to sockets", () => {
  test("come at most once a second, add up to the counts, and reach only those who may see them", async () => {
    const { account, one } = await analytics.makeTenant("Updates");
    const { account: stranger } = await analytics.makeTenant("Neighbour");
    const [onMain, onAnalytics] = [
      await connected(analytics.system, { token: account.accessToken }),
      await connected(analytics.system, { token: account.accessToken }, "/analytics"),
    ];
    const other = await connected(analytics.system, { token: stranger.accessToken }, "/analytics");
    const { key } = await createKey(account, { scopes: ["analytics:read"], sessions: [one] });
    const limited = await connected(analytics.system, { apiKey: key }, "/analytics");
    let sent = 0;
    const end = Date.now() + 2_100;
    await until(async () => {
      await analytics.append(account, one, "message.sent", 3, Date.now());
      announceEvents(analytics.system.broker);
      sent += 3;
      return Date.now() > end;
    });
    const updatesOf = (listener: typeof onMain) =>
      listener.got.filter(({ name }) => name === "analytics:update").map(({ event }) => event);
    const sumOf = (listener: typeof onMain) =>
      updatesOf(listener).reduce((sum, event) => sum + ((dataOf(event)["counts"] as { sent?: number }).sent ?? 0), 0);
    await until(() => sumOf(onAnalytics) === sent);
    await until(() => sumOf(onMain) === sent);
    const times = updatesOf(onAnalytics).map(({ at }) => Date.parse(at));
    for (const [index, at] of times.slice(1).entries()) expect(at - times[index]!).toBeGreaterThanOrEqual(990);
    expect(times.length).toBeGreaterThanOrEqual(3);
    expect(updatesOf(onAnalytics)[0]).toMatchObject({
      type: "analytics.update",
      tenantId: account.tenantId,
      data: { sessions: { [one]: {} } },
    });
    expect([updatesOf(other), updatesOf(limited)]).toEqual([[], []]);
    const quiet = times.length;
    const deadline = Date.now() + 1_100;
    await until(() => Date.now() > deadline);
    expect(updatesOf(onAnalytics)).toHaveLength(quiet);
  });
});

describe("retention", () => {
  test("minutes for 48 hours, hours for 90 days, days for 3 years", async () => {
    const { account, one } = await analytics.makeTenant("Kept");
    const now = Date.now();
    for (const age of [HOUR, 47 * HOUR, 74 * HOUR, 89 * DAY, 92 * DAY, 1_090 * DAY, 1_100 * DAY])
      await analytics.append(account, one, "message.sent", 1, now - age);
    await analytics.counted();
    await analytics.system.broker.destroyService(analytics.system.broker.getLocalService("analytics"));
    analytics.system.broker.createService(await loadService("analytics"));
    const kept = async () => {
      const rows = await analytics.database.all<{ size: string; count: number }>(
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
      ? (await databaseEnvironment(analytics.system.dataDir))["WPP_DATABASE_URL"]!
      : "postgres://reader@127.0.0.1:1/nothing";
    const environment = { ...OPEN, WPP_DATABASE_READ_URL: url };
    const reading = await startSystem({
      services: ["api-gateway", "auth", "tenant", "analytics"],
      environment,
      dataDir: analytics.system.dataDir,
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
