/** Businesses have labels, other accounts have lists: WhatsApp keeps both in one place. */
import { MESSAGE_FAILURE_WORDS } from "../contracts/states.ts";
import { DriverError } from "../contracts/transport.ts";
import type { LabelKind } from "./operations/labels.ts";

/** Throws when the account does not have this kind. */
export function requireLabelKind(kind: LabelKind, isBusiness: boolean): void {
  if (kind === "label" && !isBusiness)
    throw new DriverError("rejected", MESSAGE_FAILURE_WORDS.business_only, "business_only");
  if (kind === "list" && isBusiness)
    throw new DriverError("rejected", "a business account has labels in place of lists", "unsupported_by_driver");
}
