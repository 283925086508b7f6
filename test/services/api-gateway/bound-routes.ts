import { routes } from "../../../contracts/routes.ts";
import { bind, type Binding } from "../../../services/api-gateway/bindings.ts";

/** The bindings of the routes with this action. */
export function bindRoutes(action: string): Binding[] {
  return routes.filter((route) => route.action === action).map(bind);
}
