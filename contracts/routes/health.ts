/** Health, for machines that restart us and for people who look. */
import { z } from "zod";
import { object, route, type Route } from "../route.ts";

const tag = "Health";
const Terse = z.object({ status: z.enum(["pass", "fail"]) });

const Check = z.object({
  status: z.enum(["pass", "warn", "fail"]),
  observedValue: z.union([z.number(), z.string()]).optional(),
  observedUnit: z.string().optional(),
  output: z.string().optional(),
  time: z.iso.datetime(),
});

export const Health = z
  .object({
    status: z.enum(["pass", "warn", "fail"]),
    version: z.string().optional(),
    checks: z.record(z.string(), z.array(Check)).optional().describe("Only for those who may read it (health:read)"),
  })
  .meta({ id: "Health" });
export type Health = z.infer<typeof Health>;

export const livez = route({
  method: "GET",
  path: "/livez",
  action: "health.live",
  permission: "public",
  summary: "Whether the process is alive; not about what it depends on",
  tag,
  responses: { 200: Terse, 503: Terse },
  root: true,
});

export const readyz = route({
  method: "GET",
  path: "/readyz",
  action: "health.ready",
  permission: "public",
  summary: "Whether requests should be sent here",
  tag,
  responses: { 200: Terse, 503: Terse },
  root: true,
});

export const startupz = route({
  method: "GET",
  path: "/startupz",
  action: "health.startup",
  permission: "public",
  summary: "Whether the start is complete",
  tag,
  responses: { 200: Terse, 503: Terse },
  root: true,
});

export const health = route({
  method: "GET",
  path: "/health",
  action: "health.report",
  permission: "public",
  summary: "State of the parts of this process; the detail only with credentials that have health:read",
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
  summary: "Collect garbage in the process that answers, and say how much came free",
  tag,
  body: object({}).optional(),
  responses: { 200: z.object({ freedBytes: z.int() }) },
});

export const healthRoutes: readonly Route[] = [livez, readyz, startupz, health, collect];
