/** Health probes for orchestrators, and a health report for people. */
import { z } from "zod";
import { object, route, type Route } from "../route.ts";

const tag = "Health";
const Terse = z.object({ status: z.enum(["pass", "fail"]) });

const Check = z.object({
  status: z.enum(["pass", "warn", "fail"]),
  observedValue: z.union([z.number(), z.string()]).optional().describe("What was measured"),
  observedUnit: z.string().optional().describe("Unit of the value"),
  output: z.string().optional().describe("What is wrong"),
  time: z.iso.datetime().describe("When it was measured"),
});

export const Health = z
  .object({
    status: z.enum(["pass", "warn", "fail"]),
    version: z.string().optional().describe("Version of the system"),
    checks: z.record(z.string(), z.array(Check)).optional().describe("Only with the permission health:read"),
  })
  .meta({ id: "Health" });
export type Health = z.infer<typeof Health>;

export const livez = route({
  method: "GET",
  path: "/livez",
  action: "health.live",
  permission: "public",
  summary: "Liveness probe: fails when the process must be restarted",
  tag,
  responses: { 200: Terse, 503: Terse },
  root: true,
});

export const readyz = route({
  method: "GET",
  path: "/readyz",
  action: "health.ready",
  permission: "public",
  summary: "Readiness probe: fails while the process cannot serve requests",
  tag,
  responses: { 200: Terse, 503: Terse },
  root: true,
});

export const startupz = route({
  method: "GET",
  path: "/startupz",
  action: "health.startup",
  permission: "public",
  summary: "Startup probe: fails until the process has started",
  tag,
  responses: { 200: Terse, 503: Terse },
  root: true,
});

export const health = route({
  method: "GET",
  path: "/health",
  action: "health.report",
  permission: "public",
  summary: "Get the health of this process; details only with the permission health:read",
  tag,
  responses: { 200: Health, 503: Health },
  produces: ["application/health+json"],
  root: true,
});

export const collect = route({
  method: "POST",
  path: "/health/collect",
  action: "health.collect",
  permission: "platform:admin",
  summary: "Run garbage collection in the process that answers; returns the number of bytes freed",
  tag,
  body: object({}).optional(),
  responses: { 200: z.object({ freedBytes: z.int().describe("Number of bytes freed") }) },
});

export const healthRoutes: readonly Route[] = [livez, readyz, startupz, health, collect];
