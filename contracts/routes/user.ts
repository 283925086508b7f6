/** Users, API keys and the audit trail of a tenant. */
import { z } from "zod";
import { DisplayName, Email, NewPassword } from "../identity.ts";
import { idSchema } from "../ids.ts";
import { PERMISSIONS, Role, Scope } from "../permissions.ts";
import { listOf, object, page, route, type Route } from "../route.ts";

export const User = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: Role,
    platformAdmin: z.boolean(),
    disabled: z.boolean(),
    lastLoginAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "User" });
export type User = z.infer<typeof User>;

export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe("First characters of the key, to distinguish it from others"),
    scopes: z.array(Scope),
    sessions: z.array(z.string()).nullable().describe("Ids of the sessions that the key is limited to; null for all"),
    ipAllow: z.array(z.string()).nullable().describe("CIDR ranges from which the key may be used; null for any"),
    expiresAt: z.iso.datetime().nullable(),
    createdBy: z
      .string()
      .nullable()
      .describe("The user or API key that made it: the key can do no more than its maker, and ends with it"),
    lastUsedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;

const Cidr = z.union([z.cidrv4(), z.cidrv6()], { error: "must be a CIDR range such as 203.0.113.0/24" });

export const AuditEntry = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z
      .object({
        type: z.enum(["user", "api_key", "system"]),
        id: z.string().nullable(),
        ip: z.string().nullable(),
      })
      .describe("Who did it"),
    action: z.string().describe("What was done, such as user.created"),
    target: z.string().nullable().describe("The id of what was changed"),
    detail: z.record(z.string(), z.unknown()).describe("More about the action; its fields depend on it"),
    requestId: z.string().nullable(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;

const UserParams = object({ id: idSchema("user") });
const KeyParams = object({ id: idSchema("apiKey") });

export const listUsers = route({
  method: "GET",
  path: "/users",
  action: "auth.users.list",
  permission: "user:read",
  summary: "List users",
  tag: "Users",
  query: object(page),
  responses: { 200: listOf(User) },
  problems: ["cursor_invalid"],
});

export const createUser = route({
  method: "POST",
  path: "/users",
  action: "auth.users.create",
  permission: "user:write",
  summary: "Create a user",
  tag: "Users",
  body: object({ email: Email, name: DisplayName, role: Role, password: NewPassword }),
  responses: { 201: User },
  problems: ["email_taken", "forbidden", "quota_exceeded"],
});

export const getUser = route({
  method: "GET",
  path: "/users/:id",
  action: "auth.users.get",
  permission: "user:read",
  summary: "Get a user",
  tag: "Users",
  params: UserParams,
  responses: { 200: User },
  problems: ["not_found"],
});

export const updateUser = route({
  method: "PATCH",
  path: "/users/:id",
  action: "auth.users.update",
  permission: "user:write",
  summary: "Change a user's name, role or password, or disable the user",
  tag: "Users",
  params: UserParams,
  body: object({ name: DisplayName, role: Role, disabled: z.boolean(), password: NewPassword }).partial(),
  responses: { 200: User },
  problems: ["not_found", "forbidden", "conflict", "precondition_failed"],
});

export const removeUser = route({
  method: "DELETE",
  path: "/users/:id",
  action: "auth.users.remove",
  permission: "user:write",
  summary: "Delete a user, except the last owner",
  tag: "Users",
  params: UserParams,
  responses: { 204: null },
  problems: ["not_found", "forbidden", "conflict"],
});

export const listApiKeys = route({
  method: "GET",
  path: "/api-keys",
  action: "auth.keys.list",
  permission: "api-key:read",
  summary: "List API keys",
  tag: "API keys",
  query: object(page),
  responses: { 200: listOf(ApiKey) },
  problems: ["cursor_invalid"],
});

export const createApiKey = route({
  method: "POST",
  path: "/api-keys",
  action: "auth.keys.create",
  permission: "api-key:write",
  sessions: "filtered",
  summary: "Create an API key; the key itself is returned only in this response",
  tag: "API keys",
  body: object({
    name: DisplayName,
    scopes: z
      .array(Scope)
      .min(1)
      .max(PERMISSIONS.length)
      .describe("Permissions of the key; at most those of its creator"),
    sessions: z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(200)
      .optional()
      .describe("Limits the key to these sessions, by id or name; within those of the key that makes it"),
    ipAllow: z
      .array(Cidr)
      .min(1)
      .max(50)
      .optional()
      .describe("Limits the key to these networks; by default and at most those of the key that makes it"),
    expiresAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe("By default one year from now; at most until the key that makes it expires"),
  }),
  responses: { 201: ApiKey.extend({ key: z.string().describe("Store it securely: it is not returned again") }) },
  problems: ["forbidden", "quota_exceeded"],
});

export const revokeApiKey = route({
  method: "DELETE",
  path: "/api-keys/:id",
  action: "auth.keys.revoke",
  permission: "api-key:write",
  summary: "Revoke an API key, and the keys that it has made, with immediate effect",
  tag: "API keys",
  params: KeyParams,
  responses: { 204: null },
  problems: ["not_found"],
});

export const listAudit = route({
  method: "GET",
  path: "/audit",
  action: "auth.audit",
  permission: "audit:read",
  summary: "List the audit trail, newest first",
  tag: "Audit",
  query: object({
    ...page,
    action: z.string().max(100).optional().describe("Only entries with this action, such as user.created"),
  }),
  responses: { 200: listOf(AuditEntry) },
  problems: ["cursor_invalid"],
});

export const userRoutes: readonly Route[] = [
  listUsers,
  createUser,
  getUser,
  updateUser,
  removeUser,
  listApiKeys,
  createApiKey,
  revokeApiKey,
  listAudit,
];
