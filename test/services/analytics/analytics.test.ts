/** The reports of analytics through the API: from events of known times, as JSON and CSV, and who may read them. */
import type { Failures, Overview, SessionAnalytics, TimeSeries, Trends } from "../../../contracts/routes/analytics.ts";
import { createKey, type Account } from "../../harness/accounts.ts";
import { startAnalyticsSystem, type AnalyticsSystem } from "./analytics-system.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface ProblemAnswer {
  code: string;
  detail: string;
  errors?: { pointer: string }[];
}

let analytics: AnalyticsSystem;

beforeAll(async () => {
  analytics = await startAnalyticsSystem();
});
afterAll(() => analytics.stop());

const iso = (at: number) => new Date(at).toISOString();
const get = <T>(account: Account, path: string) => account.owner.expect<T>(200, "GET", `/analytics/${path}`);
const refused = async (account: Account, path: string) =>
  (await account.owner.ask<ProblemAnswer>("GET", `/analytics/${path}`)).body;

describe("reports", () => {
  const now = Date.now();
  let account: Account;
  let one: string;
  let two: string;

  beforeAll(async () => {
    ({ account, one, two } = await analytics.makeTenant("Reports"));
    await analytics.append(account, one, "message.queued", 10, now - 2 * HOUR);
    await analytics.append(account, one, "message.sent", 8, now - 2 * HOUR);
    await analytics.append(account, one, "message.delivered", 5, now - HOUR);
    await analytics.append(account, one, "message.read", 2, now - HOUR, { previousStatus: "delivered" });
    // Read without a delivery receipt, and played without a read receipt.
    await analytics.append(account, one, "message.read", 1, now - HOUR, { previousStatus: "sent" });
    await analytics.append(account, one, "message.played", 1, now - HOUR, { previousStatus: "delivered" });
    await analytics.append(account, one, "message.failed", 2, now - 3 * HOUR, {
      error: { code: "number_not_on_whatsapp", detail: null },
    });
    await analytics.append(account, two, "message.failed", 1, now - 2 * HOUR, {
      error: { code: "attempts_exhausted", detail: null },
    });
    await analytics.append(account, two, "message.expired", 1, now - 2 * HOUR, {
      error: { code: "expired", detail: null },
    });
    await analytics.append(account, two, "message.received", 7, now - 5 * MINUTE);
    // The day before.
    await analytics.append(account, one, "message.sent", 4, now - 30 * HOUR);
    await analytics.append(account, one, "message.failed", 2, now - 30 * HOUR, {
      error: { code: "number_not_on_whatsapp", detail: null },
    });
    // The same weekday of the weeks before, but for the first of them.
    for (const [weeks, sent] of [
      [1, 10],
      [2, 2],
      [3, 0],
    ] as const)
      await analytics.append(account, one, "message.sent", sent, now - weeks * 7 * DAY - 2 * HOUR);
    await analytics.append(account, two, "session.connected", 1, now - 21 * DAY - 40 * HOUR);
    await analytics.counted();
  });

  test("overview: totals, the period before, change, rates, and the same by session", async () => {
    const report = await get<Overview>(account, "overview");
    expect(Date.parse(report.until) - Date.parse(report.from)).toBe(DAY);
    expect(report.before).toEqual({ from: iso(Date.parse(report.from) - DAY), until: report.from });
    expect(report.total.counts).toMatchObject({
      queued: 10,
      sent: 8,
      delivered: 6,
      read: 4,
      failed: 3,
      expired: 1,
      received: 7,
      cancelled: 0,
    });
    expect(report.total.before).toMatchObject({ sent: 4, failed: 2, received: 0 });
    expect(report.total.change).toMatchObject({ sent: 100, failed: 50, received: null, queued: null });
    expect(report.total.rates).toEqual({ delivery: 0.75, read: 0.6667, failure: 0.2727 });
    expect(report.sessions.map(({ sessionId, name }) => [sessionId, name])).toEqual([
      [one, "one"],
      [two, "two"],
    ]);
    expect(report.sessions[1]).toMatchObject({
      counts: { received: 7, failed: 1 },
      rates: { delivery: null, failure: 1 },
    });
  });

  test("overview of a long past period counts the same events", async () => {
    const { total } = await get<Overview>(account, `overview?from=${iso(now - 60 * DAY)}`);
    expect(total.counts).toMatchObject({ sent: 24, failed: 5, connected: 1, received: 7 });
  });

  test("timeseries: hours with their gaps, of the tenant or of one session", async () => {
    const all = await get<TimeSeries>(account, "timeseries?metric=failed");
    expect(all).toMatchObject({ metric: "failed", interval: "hour", timezone: "UTC", total: 3, sessionId: null });
    // 25, but for the last minute of an hour: then the period of a day ends with the hour.
    expect(all.points).toHaveLength(Math.ceil((Date.parse(all.until) - Date.parse(all.from)) / HOUR));
    expect(all.points.length).toBeGreaterThanOrEqual(24);
    for (const [index, { at }] of all.points.entries())
      expect(Date.parse(at)).toBe(Date.parse(all.from) + index * HOUR);
    expect(all.points.filter(({ value }) => value > 0).map(({ value }) => value)).toEqual([2, 1]);
    const single = await get<TimeSeries>(account, "timeseries?metric=failed&session=two");
    expect(single).toMatchObject({ total: 1, sessionId: two });
  });

  test("timeseries: minutes, and days of the tenant's own time zone", async () => {
    const minutes = await get<TimeSeries>(
      account,
      `timeseries?metric=received&interval=minute&from=${iso(now - 20 * MINUTE)}`,
    );
    expect(minutes.total).toBe(7);
    expect(minutes.points.find(({ value }) => value === 7)!.at).toBe(
      iso(Math.floor((now - 5 * MINUTE) / MINUTE) * MINUTE),
    );
    await account.owner.expect(200, "PATCH", "/tenant", { settings: { timezone: "America/Sao_Paulo" } });
    const days = await get<TimeSeries>(account, "timeseries?metric=sent&interval=day");
    expect(days).toMatchObject({ timezone: "America/Sao_Paulo", total: 24 });
    for (const { at } of days.points) expect(at).toMatch(/T03:00:00\.000Z$/);
    expect(days.points.length).toBeGreaterThanOrEqual(31);
  });

  test("timeseries: requests that cannot be answered are refused", async () => {
    const tooMany = await refused(account, `timeseries?interval=minute&from=${iso(now - 40 * HOUR)}`);
    expect(tooMany).toMatchObject({ code: "validation", errors: [{ pointer: "?interval" }] });
    expect(tooMany.detail).toContain("2000");
    expect(await refused(account, `timeseries?interval=minute&from=${iso(now - 50 * HOUR)}`)).toMatchObject({
      errors: [{ pointer: "?from" }],
    });
    expect(await refused(account, `timeseries?interval=hour&from=${iso(now - 91 * DAY)}`)).toMatchObject({
      errors: [{ pointer: "?from" }],
    });
    expect(await refused(account, `timeseries?interval=day&from=${iso(now - 4 * 365 * DAY)}`)).toMatchObject({
      errors: [{ pointer: "?from" }],
    });
    expect(await refused(account, `overview?from=${iso(now)}&until=${iso(now - HOUR)}`)).toMatchObject({
      errors: [{ pointer: "?from" }],
    });
    expect(await refused(account, `overview?from=${iso(now + HOUR)}`)).toMatchObject({
      errors: [{ pointer: "?from" }],
    });
    expect(await refused(account, "overview?from=yesterday")).toMatchObject({ errors: [{ pointer: "?from" }] });
    expect(await refused(account, "timeseries?metric=weather")).toMatchObject({ errors: [{ pointer: "?metric" }] });
    expect(await refused(account, "timeseries?session=nobody")).toMatchObject({ code: "not_found" });
  });

  test("trends: against the period before, and the same weekday as far as there are counts", async () => {
    const { trends } = await get<Trends>(account, "trends");
    expect(trends.find(({ metric }) => metric === "sent")).toEqual({
      metric: "sent",
      value: 8,
      before: { value: 4, change: 100 },
      sameWeekday: { average: 4, weeks: 3, change: 100 },
    });
    const { trends: ofTwo } = await get<Trends>(account, "trends?session=two");
    expect(ofTwo.find(({ metric }) => metric === "received")).toMatchObject({
      value: 7,
      sameWeekday: { average: 0, weeks: 3, change: null },
    });
  });

  test("failures: by cause, with share and last time", async () => {
    const report = await get<Failures>(account, "failures");
    expect(report.total).toBe(4);
    expect(report.causes).toEqual([
      { status: "failed", cause: "number_not_on_whatsapp", count: 2, share: 0.5, lastAt: iso(now - 3 * HOUR) },
      { status: "failed", cause: "attempts_exhausted", count: 1, share: 0.25, lastAt: iso(now - 2 * HOUR) },
      { status: "expired", cause: "expired", count: 1, share: 0.25, lastAt: iso(now - 2 * HOUR) },
    ]);
    expect((await get<Failures>(account, "failures?session=one")).causes).toHaveLength(1);
  });

  test("sessions: one row each, page by page", async () => {
    type Page = { data: SessionAnalytics[]; nextCursor: string | null };
    const first = await get<Page>(account, "sessions?limit=1");
    const second = await get<Page>(account, `sessions?limit=1&cursor=${first.nextCursor}`);
    expect([first, second].map(({ data }) => data[0]!.sessionId)).toEqual([one, two]);
    expect(second.nextCursor).toBeNull();
    expect(first.data[0]).toMatchObject({
      name: "one",
      state: "stopped",
      counts: { sent: 8 },
      lastAt: iso(now - HOUR),
    });
  });

  test("CSV: every report as a file, with formulas made harmless", async () => {
    const csv = async (path: string, accept = "text/csv") => {
      const { status, headers, body } = await account.owner.ask<Buffer>("GET", `/analytics/${path}`, undefined, {
        accept,
      });
      expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8; header=present"]);
      expect(headers.get("content-disposition")).toMatch(/^attachment; filename="[a-z-]+\.csv"$/);
      return body.toString();
    };
    await analytics.append(account, one, "message.failed", 1, now - 4 * HOUR, {
      error: { code: '=cmd|"/c calc"!A1, "quoted"', detail: null },
    });
    await analytics.counted();
    const failures = await csv("failures");
    expect(failures.split("\r\n")[0]).toBe("status,cause,count,share,lastAt");
    expect(failures).toContain(`failed,"'=cmd|""/c calc""!A1, ""quoted""",1,`);
    expect((await csv("overview")).split("\r\n").filter((line) => line.startsWith(one))).toHaveLength(10);
    const { points } = await get<TimeSeries>(account, "timeseries?metric=sent");
    const lines = (await csv("timeseries?metric=sent", "application/json;q=0.5, text/csv")).split("\r\n");
    expect(lines).toHaveLength(points.length + 2);
    expect(await csv("trends")).toContain("\r\nsent,8,4,100,4,3,100\r\n");
    expect(await csv("sessions")).toMatch(new RegExp(`\r\n${two},two,stopped,`));
    const json = await account.owner.ask("GET", "/analytics/trends", undefined, {
      accept: "text/html, application/json;q=0.9, */*;q=0.8",
    });
    expect(json.headers.get("content-type")).toContain("application/json");
    expect(
      (await account.owner.ask<ProblemAnswer>("GET", "/analytics/trends", undefined, { accept: "image/png" })).body
        .code,
    ).toBe("not_acceptable");
  });

  test("a key that is limited to sessions sees those only; without the permission it sees nothing", async () => {
    const { client } = await createKey(account, { scopes: ["analytics:read"], sessions: [two] });
    expect(await client.expect<Overview>(200, "GET", "/analytics/overview")).toMatchObject({
      total: { counts: { sent: 0, received: 7 } },
      sessions: [{ name: "two" }],
    });
    expect((await client.expect<{ data: unknown[] }>(200, "GET", "/analytics/sessions")).data).toHaveLength(1);
    expect((await client.expect<Failures>(200, "GET", "/analytics/failures")).total).toBe(2);
    expect((await client.expect<TimeSeries>(200, "GET", "/analytics/timeseries?metric=sent")).total).toBe(0);
    expect((await client.ask("GET", "/analytics/timeseries?session=one")).status).toBe(404);
    const other = await createKey(account, { scopes: ["message:read"] });
    expect((await other.client.ask("GET", "/analytics/overview")).status).toBe(403);
  });

  test("a tenant sees nothing of another's counts", async () => {
    const { account: stranger } = await analytics.makeTenant("Stranger");
    expect((await get<Overview>(stranger, "overview")).total.counts.sent).toBe(0);
    expect((await get<Overview>(stranger, "overview")).sessions).toEqual([]);
    expect(await refused(stranger, `trends?session=${one}`)).toMatchObject({ code: "not_found" });
  });
});
