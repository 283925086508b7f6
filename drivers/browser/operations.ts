import type { Operations } from "../driver.ts";
import type { Link } from "./link.ts";
export function createOperations(_link: Link): Partial<Operations> {
  return {};
}
