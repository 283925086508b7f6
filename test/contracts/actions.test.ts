/** Every action is declared by `serve`, with the route that names it, or by `internal`, which validates its input. */
import type { ActionSchema } from "moleculer";
import { isInternal, routeOf } from "../../access/serve.ts";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { routes } from "../../contracts/routes.ts";
import { loadService } from "../harness/system.ts";

/** Has no actions of its own; those of moleculer-web are not ours. */
const WITHOUT_ACTIONS = "api-gateway";

const NAMES = SERVICE_NAMES.filter((name) => name !== WITHOUT_ACTIONS);

async function actionsOf(name: (typeof SERVICE_NAMES)[number]): Promise<[string, ActionSchema][]> {
  const { actions = {} } = await loadService(name);
  return Object.entries(actions).map(([action, definition]) => [`${name}.${action}`, definition as ActionSchema]);
}

test("every route's action is declared by `serve` with that route", async () => {
  const actions = new Map((await Promise.all(NAMES.map(actionsOf))).flat());
  for (const route of routes) {
    const served = routeOf(actions.get(route.action) ?? {});
    expect({ action: route.action, isServed: served === route }).toEqual({ action: route.action, isServed: true });
  }
});

test.each(NAMES)("%s: every action without a route is declared by `internal`", async (name) => {
  for (const [action, definition] of await actionsOf(name)) {
    const route = routeOf(definition);
    const isDeclared = route === undefined ? isInternal(definition) : routes.includes(route);
    expect({ action, isDeclared }).toEqual({ action, isDeclared: true });
  }
});

test("an internal action refuses input that does not match its schema", async () => {
  const actions = new Map(await actionsOf("auth"));
  const resolve = actions.get("auth.resolve")!.handler!;
  const call = { params: { credential: 1, ip: null }, action: { name: "auth.resolve" } };
  expect(() => resolve.call({} as never, call as never)).toThrow(
    "invalid call of auth.resolve: credential must be a string",
  );
});
