/** Checks responses against their route's declaration: status, media type, body, and the code of a problem. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { PROBLEMS, ProblemBody } from "../../contracts/errors.ts";
import { problemsOf, type Route } from "../../contracts/route.ts";
import { BASE_PATH, fullPathOf, routes } from "../../contracts/routes.ts";
import { eventRoutes } from "../../contracts/routes/event.ts";
import { Router } from "../../services/api-gateway/bindings.ts";
import { faultOfEvent } from "./events.ts";

const router = new Router(routes.map((route) => ({ method: route.method, fullPath: fullPathOf(route), route })));

export interface GivenAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Parsed when it is JSON. */
  readonly body: unknown;
}

/** The route that serves a method and a path from the root of the server. */
export function routeOf(method: string, path: string): Route | undefined {
  return router.find(method, path.split("?")[0]!)?.target.route;
}

/** How a response differs from its declaration; undefined when it does not. */
export function faultOf(method: string, path: string, answer: GivenAnswer): string | undefined {
  const route = routeOf(method, path);
  if (answer.contentType.startsWith("application/problem+json")) return faultOfProblem(route, answer, method);
  if (route === undefined)
    return path.startsWith(BASE_PATH) ? "there is no such route, and the answer is not a problem" : undefined;
  const schema = route.responses[answer.status];
  if (schema === undefined) return `the status ${answer.status} is not declared`;
  if (method === "HEAD") return undefined;
  return faultOfSuccess(route, schema, answer);
}

function faultOfSuccess(
  route: Route,
  schema: z.ZodType | null,
  { contentType, body }: GivenAnswer,
): string | undefined {
  const type = contentType.split(";")[0]!.trim();
  if (schema === null)
    return Buffer.isBuffer(body) && body.length === 0 ? undefined : "it has a body, and none is declared";
  const produces = route.produces ?? [];
  if (type !== "application/json" && !produces.some((declared) => declared === type || declared === "*/*"))
    return `the media type ${type} is not declared`;
  if (!type.includes("json")) return undefined;
  const parsed = schema.safeParse(body);
  if (!parsed.success) return z.prettifyError(parsed.error);
  // Events must not have fields that their schemas do not declare, either.
  if ((eventRoutes as readonly Route[]).includes(route))
    return first((body as { data: unknown[] }).data.map(faultOfEvent));
  // A schema's default would hide a missing field.
  return lacks(parsed.data, body, "");
}

function faultOfProblem(route: Route | undefined, { status, body }: GivenAnswer, method: string): string | undefined {
  if (method === "HEAD") return undefined;
  const parsed = ProblemBody.safeParse(body);
  if (!parsed.success) return `it is not a problem document: ${z.prettifyError(parsed.error)}`;
  const { code } = parsed.data;
  if (status !== PROBLEMS[code].status || parsed.data.status !== status)
    return `the problem ${code} has the status ${status}`;
  const declared = route === undefined ? ["route_not_found", "method_not_allowed"] : problemsOf(route);
  return (declared as readonly string[]).includes(code) ? undefined : `the problem ${code} is not declared`;
}

/** The first field that parsing added or changed; undefined when there is none. */
function lacks(parsed: unknown, given: unknown, path: string): string | undefined {
  if (Array.isArray(parsed) && Array.isArray(given))
    return first(parsed.map((item, index) => lacks(item, given[index], `${path}/${index}`)));
  if (typeof parsed === "object" && parsed !== null && typeof given === "object" && given !== null) {
    return first(
      Object.entries(parsed).map(([key, value]) =>
        lacks(value, (given as Record<string, unknown>)[key], `${path}/${key}`),
      ),
    );
  }
  return isDeepStrictEqual(parsed, given) ? undefined : `${path} is missing, or not as it is written`;
}

function first(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}
