/** E-mail addresses, passwords and names. */
import { z } from "zod";

const PASSWORD_RULE = "must have at least 12 characters and at most 72 bytes";

export const Email = z.email("must be an e-mail address").max(254).toLowerCase();

/** A new password. bcrypt ignores everything after 72 bytes, so longer passwords are refused rather than truncated. */
export const NewPassword = z
  .string()
  .min(12, PASSWORD_RULE)
  .refine((text) => Buffer.byteLength(text) <= 72, { error: PASSWORD_RULE })
  .meta({ format: "password", description: "At least 12 characters and at most 72 bytes" });

/** A password that is checked: it has no rules, which would help an attacker to guess. */
export const GivenPassword = z
  .string()
  .min(1)
  .max(200)
  .meta({ format: "password", description: "The current password" });

/** The name of a person, an organization or an object. */
export const DisplayName = z.string().trim().min(1).max(100);
