/** A call of the door for wppconnect-server's clients: what its handlers get, and how they answer. */
import { z } from "zod";
import type { Session } from "../../../contracts/routes/session.ts";
import type { TenantApi } from "./tenant-api.ts";

/** A file of a form, or of a data URL. */
export interface GivenFile {
  readonly base64: string;
  readonly filename: string | undefined;
  readonly mimetype: string | undefined;
}

export interface DoorCall {
  /** The session as the client names it, and its answers name it. */
  readonly name: string;
  /** Our name of the session. */
  readonly session: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly file: GivenFile | null;
  readonly api: TenantApi;
  /** The network of sessions that are made through this door. */
  readonly network: Session["network"];
  /** The session, read once. Throws `not_found`. */
  readonly current: () => Promise<Session>;
}

export interface Answer {
  readonly status: number;
  /** JSON, or the bytes of `type`. */
  readonly body: unknown;
  readonly type?: string;
}

export type DoorMethod = "GET" | "POST" | "PUT" | "DELETE";

export interface DoorRoute<B extends z.ZodType = z.ZodType> {
  readonly method: DoorMethod;
  /** As in wppconnect-server's documentation, from the root. */
  readonly path: string;
  readonly group: string;
  readonly summary: string;
  /** secret: the path has the tenant's secret; token: a session's token is sent; open: anyone. */
  readonly access: "secret" | "token" | "open";
  /** session: answered only while the session is connected; phones: its numbers are checked too, unless it is away. */
  readonly live?: "session" | "phones";
  readonly body?: B;
  /** What is not the same as in wppconnect-server, on purpose, and why. */
  readonly differs?: string;
  handle(call: DoorCall, body: z.output<B>): Promise<Answer>;
}

/** Declares a route with its body's type; the table keeps all of them alike. */
export function doorRoute<B extends z.ZodType = z.ZodUnknown>(route: DoorRoute<B>): DoorRoute {
  return route as unknown as DoorRoute;
}

/** wppconnect-server's usual success. */
export function success(response: unknown, status = 200): Answer {
  return { status, body: { status: "success", response } };
}

/** The success of what changes a chat or a contact: who was meant, and a sentence. */
export function done(message: string, status = 200): Answer {
  return success({ message }, status);
}

export function raw(body: unknown, status = 200): Answer {
  return { status, body };
}

const yes = new Set<unknown>([true, "true", 1, "1"]);
/** Clients send booleans as texts too. */
export const Flag = z
  .unknown()
  .optional()
  .transform((value) => yes.has(value));
/** The same, true unless it says otherwise. */
export const FlagOn = z
  .unknown()
  .optional()
  .transform((value) => value === undefined || yes.has(value));

/** One number or chat, several, or a text that lists them. */
export const Phones = z
  .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))])
  .describe("A number, several, or a text that lists them with , or ;");
export type Phones = z.infer<typeof Phones>;

/** Whom a call is for: the same fields in most bodies. */
export const Target = z.looseObject({
  phone: Phones,
  isGroup: Flag,
  isNewsletter: Flag,
  isLid: Flag,
});
export type Target = z.infer<typeof Target>;

/** Longer numbers are ids of accounts that hide theirs. */
const LONGEST_NUMBER = 14;

/** The chat ids of a call's recipients, by wppconnect-server's rules. */
export function toChatIds({ phone, isGroup, isNewsletter, isLid }: Target): string[] {
  const texts = (Array.isArray(phone) ? phone : [phone]).flatMap((entry) => String(entry).split(/[,;]/));
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((text) => {
      if (text.includes("@")) return text;
      const digits = text.replace(/[^\d-]/g, "");
      if (isGroup) return `${digits}@g.us`;
      if (isNewsletter) return `${digits}@newsletter`;
      return isLid || digits.length > LONGEST_NUMBER ? `${digits}@lid` : `${digits}@c.us`;
    });
}

/** The first chat of a call for one. */
export function toChatId(target: Target): string {
  return toChatIds(target)[0] ?? "";
}

/** The chat of a path's `:phone`; `isGroup` comes in the query. */
export function chatOfPath({ params, query }: DoorCall): string {
  return toChatId({
    phone: params["phone"] ?? "",
    isGroup: query["isGroup"] === "true",
    isNewsletter: false,
    isLid: query["isLid"] === "true",
  });
}
