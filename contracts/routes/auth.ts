/** Signing in and out, and the caller's own account. */
import { z } from "zod";
import { Email, GivenPassword, NewPassword, DisplayName } from "../identity.ts";
import { idSchema } from "../ids.ts";
import { PERMISSIONS } from "../permissions.ts";
import { object, route, type Route } from "../route.ts";
import { Tenant } from "./tenant.ts";
import { ApiKey, User } from "./user.ts";

const Tokens = z.object({
  accessToken: z.string().describe("Send it as `Authorization: Bearer …`"),
  refreshToken: z.string().describe("Valid for one use; each refresh returns the next one"),
  expiresIn: z.int().describe("Seconds until the access token expires"),
});

const SignedIn = Tokens.extend({ user: User, tenant: Tenant }).meta({ id: "SignedIn" });
export type SignedIn = z.infer<typeof SignedIn>;

export const Login = z
  .object({
    id: z.string(),
    current: z.boolean().describe("Whether this request was made with this login"),
    userAgent: z.string().nullable(),
    ip: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: "Login" });
export type Login = z.infer<typeof Login>;

const LoginParams = object({ id: idSchema("login") });

const SetupToken = z.string().max(200).describe("The part of the one-time link after #");

export const checkSetupToken = route({
  method: "POST",
  path: "/auth/setup-token",
  action: "auth.setupToken",
  permission: "public",
  summary: "Check the one-time token of a new installation before asking for anything else",
  tag: "Auth",
  body: object({ setupToken: SetupToken }),
  responses: { 204: null },
  problems: ["forbidden"],
});

export const register = route({
  method: "POST",
  path: "/auth/register",
  action: "auth.register",
  permission: "public",
  summary: "Register an organization with its first user",
  tag: "Auth",
  body: object({
    tenantName: DisplayName.describe("The organization's name"),
    name: DisplayName.describe("The user's name"),
    email: Email,
    password: NewPassword,
    setupToken: SetupToken.optional().describe(
      "The one-time token of a new installation; it lets the first owner register while sign-up is closed",
    ),
  }),
  responses: { 201: SignedIn },
  problems: ["signup_closed", "email_taken", "forbidden"],
});

export const login = route({
  method: "POST",
  path: "/auth/login",
  action: "auth.login",
  permission: "public",
  summary: "Sign in with e-mail and password",
  tag: "Auth",
  body: object({ email: Email, password: GivenPassword }),
  responses: { 200: SignedIn },
  problems: ["invalid_credentials", "tenant_suspended"],
});

export const refresh = route({
  method: "POST",
  path: "/auth/refresh",
  action: "auth.refresh",
  permission: "public",
  summary: "Exchange a refresh token for new tokens",
  tag: "Auth",
  body: object({
    refreshToken: z.string().min(1).max(200).describe("Each is valid once; the response has the next one"),
  }),
  responses: { 200: Tokens },
  problems: ["unauthenticated", "refresh_reused", "tenant_suspended"],
});

export const logout = route({
  method: "POST",
  path: "/auth/logout",
  action: "auth.logout",
  permission: "authenticated",
  summary: "Sign out; the login's tokens are revoked immediately",
  tag: "Auth",
  responses: { 204: null },
  problems: ["forbidden"],
});

export const me = route({
  method: "GET",
  path: "/auth/me",
  action: "auth.me",
  permission: "authenticated",
  sessions: "filtered",
  summary: "Get the owner and the permissions of these credentials",
  tag: "Auth",
  responses: {
    200: z.object({
      user: User.nullable(),
      apiKey: ApiKey.nullable(),
      tenant: Tenant,
      permissions: z.array(z.enum(PERMISSIONS)).describe("What these credentials may do"),
    }),
  },
});

export const changePassword = route({
  method: "POST",
  path: "/auth/password",
  action: "auth.password",
  permission: "authenticated",
  summary: "Change your own password; all your other logins are signed out",
  tag: "Auth",
  body: object({ currentPassword: GivenPassword, newPassword: NewPassword }),
  responses: { 204: null },
  problems: ["invalid_credentials", "forbidden", "conflict"],
});

export const listLogins = route({
  method: "GET",
  path: "/auth/logins",
  action: "auth.logins.list",
  permission: "authenticated",
  summary: "List your logins",
  tag: "Auth",
  responses: { 200: z.object({ data: z.array(Login), nextCursor: z.null() }) },
  problems: ["forbidden"],
});

export const revokeLogins = route({
  method: "DELETE",
  path: "/auth/logins",
  action: "auth.logins.revokeOthers",
  permission: "authenticated",
  summary: "Sign out all your other logins",
  tag: "Auth",
  responses: { 204: null },
  problems: ["forbidden"],
});

export const revokeLogin = route({
  method: "DELETE",
  path: "/auth/logins/:id",
  action: "auth.logins.revoke",
  permission: "authenticated",
  summary: "Sign out one of your logins",
  tag: "Auth",
  params: LoginParams,
  responses: { 204: null },
  problems: ["forbidden"],
});

export const authRoutes: readonly Route[] = [
  checkSetupToken,
  register,
  login,
  refresh,
  logout,
  me,
  changePassword,
  listLogins,
  revokeLogins,
  revokeLogin,
];
