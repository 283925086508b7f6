/** The ids of groups in requests. */
import { isChatId } from "../../contracts/address.ts";
import { fieldProblem } from "../../contracts/errors.ts";

/** The id itself; throws the problem `invalid_phone` at `pointer` when it is no group's. */
export function requireGroupId(id: string, pointer = ":id"): string {
  if (!isChatId(id) || !id.endsWith("@g.us"))
    throw fieldProblem("invalid_phone", pointer, `"${id}" is not a group id; expected …@g.us`);
  return id;
}
