/** The caller's tenant, and, for platform administrators, all tenants. */
import { z } from "zod";
import { Email, NewPassword, DisplayName } from "../identity.ts";
import { idSchema } from "../ids.ts";
import { Plan, Quotas } from "../plans.ts";
import { listOf, object, page, route, type Route } from "../route.ts";

const TenantStatus = z.enum(["active", "suspended"]);

/** The settings that a tenant may change. */
export const TenantSettings = object({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be a two-letter country code such as DE")
    .nullable()
    .describe("Country of local phone numbers, for sessions without a country of their own"),
  timezone: z
    .string()
    .max(60)
    .refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin" })
    .describe("Time zone of the days in reports"),
}).meta({ id: "TenantSettings" });
export type TenantSettings = z.infer<typeof TenantSettings>;

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const Tenant = z
  .object({
    id: z.string(),
    name: z.string(),
    plan: Plan,
    status: TenantStatus,
    quotas: Quotas,
    settings: TenantSettings,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Tenant" });
export type Tenant = z.infer<typeof Tenant>;

const Usage = z.object({ used: z.int(), limit: z.int().nullable() });

export const TenantUsage = z
  .object({
    at: z.iso.datetime(),
    sessions: Usage,
    sessionsConnected: z.int().describe("Sessions that are connected now"),
    users: Usage,
    apiKeys: Usage,
    webhooks: Usage,
    messagesToday: Usage.describe("Messages accepted since midnight UTC"),
    messagesThisMonth: z.object({ sent: z.int(), received: z.int() }).describe("Since the first of the month, UTC"),
    storageMb: z.object({ used: z.number(), limit: z.int().nullable() }),
  })
  .meta({ id: "TenantUsage" });
export type TenantUsage = z.infer<typeof TenantUsage>;

const TenantParams = object({ id: idSchema("tenant") });

export const getTenant = route({
  method: "GET",
  path: "/tenant",
  action: "tenant.get",
  permission: "tenant:read",
  summary: "Get the caller's tenant",
  tag: "Tenant",
  responses: { 200: Tenant },
});

export const updateTenant = route({
  method: "PATCH",
  path: "/tenant",
  action: "tenant.update",
  permission: "tenant:write",
  summary: "Change the tenant's name or settings; absent settings are kept",
  tag: "Tenant",
  body: object({
    name: DisplayName,
    settings: TenantSettings.partial().describe("Absent settings are kept"),
  }).partial(),
  responses: { 200: Tenant },
  problems: ["precondition_failed", "conflict"],
});

export const getUsage = route({
  method: "GET",
  path: "/tenant/usage",
  action: "tenant.usage",
  permission: "tenant:read",
  summary: "Get the tenant's current usage and its limits",
  tag: "Tenant",
  responses: { 200: TenantUsage },
});

const Changes = {
  name: DisplayName,
  plan: Plan,
  status: TenantStatus,
  quotas: Quotas.partial().strict().describe("Overrides the plan's quotas"),
};

export const listTenants = route({
  method: "GET",
  path: "/tenants",
  action: "tenant.all.list",
  permission: "platform:admin",
  summary: "List all tenants",
  tag: "Platform",
  query: object(page),
  responses: { 200: listOf(Tenant) },
  problems: ["cursor_invalid"],
});

export const createTenant = route({
  method: "POST",
  path: "/tenants",
  action: "tenant.all.create",
  permission: "platform:admin",
  summary: "Create a tenant with its first owner",
  tag: "Platform",
  body: object({
    name: DisplayName,
    plan: Plan.default("basic"),
    quotas: Changes.quotas.optional(),
    owner: object({ name: DisplayName, email: Email, password: NewPassword }),
  }),
  responses: { 201: Tenant },
  problems: ["email_taken"],
});

export const getTenantById = route({
  method: "GET",
  path: "/tenants/:id",
  action: "tenant.all.get",
  permission: "platform:admin",
  summary: "Get a tenant",
  tag: "Platform",
  params: TenantParams,
  responses: { 200: Tenant },
  problems: ["not_found"],
});

export const updateTenantById = route({
  method: "PATCH",
  path: "/tenants/:id",
  action: "tenant.all.update",
  permission: "platform:admin",
  summary: "Change a tenant's name, plan or quotas, or suspend it",
  tag: "Platform",
  params: TenantParams,
  body: object(Changes).partial(),
  responses: { 200: Tenant },
  problems: ["not_found", "precondition_failed", "conflict"],
});

export const removeTenant = route({
  method: "DELETE",
  path: "/tenants/:id",
  action: "tenant.all.remove",
  permission: "platform:admin",
  summary: "Delete a suspended tenant with everything that belongs to it",
  tag: "Platform",
  params: TenantParams,
  responses: { 204: null },
  problems: ["not_found", "conflict"],
});

export const tenantRoutes: readonly Route[] = [
  getTenant,
  updateTenant,
  getUsage,
  listTenants,
  createTenant,
  getTenantById,
  updateTenantById,
  removeTenant,
];
