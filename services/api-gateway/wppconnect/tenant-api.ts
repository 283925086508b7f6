/** Calls of this API's own routes in the name of a caller, with the validation and the permissions of the gateway. */
import type { ServiceBroker } from "moleculer";
import type { CallMeta } from "../../../access/call.ts";
import { REQUEST_DEADLINE } from "../../../contracts/deadlines.ts";
import type { Principal } from "../../../contracts/permissions.ts";
import type { Route } from "../../../contracts/route.ts";
import { bind, type Binding } from "../bindings.ts";
import type { RequestParts } from "../request.ts";
import { requirePermission } from "../steps.ts";
import { validate } from "../validation.ts";

const bindings = new WeakMap<Route, Binding>();

function bindingOf(route: Route): Binding {
  const known = bindings.get(route) ?? bind(route);
  bindings.set(route, known);
  return known;
}

export class TenantApi {
  readonly principal: Principal;
  readonly #broker: ServiceBroker;
  readonly #meta: CallMeta;

  constructor(broker: ServiceBroker, principal: Principal, meta: CallMeta) {
    this.principal = principal;
    this.#broker = broker;
    this.#meta = meta;
  }

  /** The result of the route's action. Throws the problem that the route would answer with. */
  call<T>(route: Route, parts: Partial<RequestParts>): Promise<T> {
    const binding = bindingOf(route);
    requirePermission(route, this.principal);
    const input = validate(binding, { params: {}, query: {}, body: undefined, ...parts });
    // Each call has its own: actions write the status and the headers of their answer into it.
    const meta = { ...this.#meta, principal: this.principal };
    return this.#broker.call<T, RequestParts>(route.action, input, { meta, timeout: REQUEST_DEADLINE });
  }

  /** All entries of a list, page after page, at most `most`. */
  async all<T>(route: Route, parts: Partial<RequestParts>, most: number): Promise<T[]> {
    const entries: T[] = [];
    let cursor: string | null = null;
    do {
      const query = { ...(parts.query as object), limit: Math.min(200, most - entries.length) };
      const page: { data: T[]; nextCursor: string | null } = await this.call(route, {
        ...parts,
        query: cursor === null ? query : { ...query, cursor },
      });
      entries.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null && entries.length < most);
    return entries;
  }
}
