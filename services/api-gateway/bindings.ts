/** The route table, prepared for the gateway: schemas per route, and lookup by find-my-way. */
import type { HTTPMethod } from "find-my-way";
import findMyWay from "find-my-way";
import { z } from "zod";
import { Problem } from "../../contracts/errors.ts";
import type { Method, Route } from "../../contracts/route.ts";
import { fullPathOf } from "../../contracts/routes.ts";

export interface Binding {
  readonly route: Route;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  /** Status of a success, unless the action sets one. */
  readonly status: number;
  readonly hasBody: boolean;
}

/** For parts of a request that the route does not declare: no fields are allowed. */
const NOTHING = z.strictObject({});
const EMPTY_BODY = NOTHING.optional();

/** Prepares a route: undeclared parts get a schema without fields. */
export function bind(route: Route): Binding {
  return {
    route,
    params: route.params ?? NOTHING,
    query: route.query ?? NOTHING,
    body: route.body ?? EMPTY_BODY,
    status: Number(Object.keys(route.responses)[0]),
    hasBody: route.method !== "GET" && route.bodyKind !== "upload",
  };
}

const METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** An alias of moleculer-web: it handles a method and path. */
export interface Target {
  readonly method: string;
  readonly fullPath: string;
}

export interface Found<T> {
  readonly target: T;
  readonly params: Readonly<Record<string, string | undefined>>;
}

/** Finds the target for a method and path. moleculer-web's own search tries every alias in turn. */
export class Router<T extends Target> {
  readonly #tree = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 500 });

  constructor(targets: readonly T[]) {
    for (const target of targets) this.#tree.on(target.method as HTTPMethod, target.fullPath, () => undefined, target);
  }

  find(method: string, path: string): Found<T> | null {
    const found = this.#tree.find((method === "HEAD" ? "GET" : method) as HTTPMethod, path);
    return found === null ? null : { target: found.store as T, params: found.params };
  }

  /** The methods of the path; empty for an unknown path. */
  methodsOf(path: string): Method[] {
    return METHODS.filter((method) => this.#tree.find(method, path) !== null);
  }
}

/** The binding of each alias; pages have none. */
export function bindAliases<T extends Target>(
  aliases: readonly T[],
  routes: readonly Route[],
): ReadonlyMap<object, Binding> {
  const byKey = new Map(routes.map((route) => [`${route.method} ${fullPathOf(route)}`, route]));
  const bindings = new Map<object, Binding>();
  for (const alias of aliases) {
    const route = byKey.get(`${alias.method} ${alias.fullPath}`);
    if (route !== undefined) bindings.set(alias, bind(route));
  }
  return bindings;
}

/** The alias for unmatched requests: 405 where the path has other methods, otherwise 404. */
export function createUnmatched<G>(group: G, router: Router<Target>) {
  return {
    method: "*",
    fullPath: "/",
    route: group,
    action: null,
    handler: (request: { method?: string | undefined; parsedUrl: string }): never => {
      const methods = router.methodsOf(request.parsedUrl);
      if (methods.length > 0)
        throw new Problem("method_not_allowed", `the route accepts ${methods.join(", ")}, not ${request.method ?? ""}`);
      throw new Problem("route_not_found", `there is no route ${request.parsedUrl}; /openapi.json lists them`);
    },
  };
}
