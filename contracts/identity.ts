/** What people are known by and prove themselves with. */
import { z } from "zod";

const PASSWORD_RULE = "12 characters at least, 72 bytes at most";

export const Email = z.email("an e-mail address is expected").max(254).toLowerCase();

/** A password being set. bcrypt reads 72 bytes and no more, so a longer one is refused rather than cut. */
export const NewPassword = z
  .string()
  .min(12, PASSWORD_RULE)
  .refine((text) => Buffer.byteLength(text) <= 72, { error: PASSWORD_RULE })
  .meta({ format: "password", description: PASSWORD_RULE });

/** A password being checked: no rule is told to who guesses. */
export const GivenPassword = z.string().min(1).max(200).meta({ format: "password" });

/** The name of a person, an organisation or a thing. */
export const DisplayName = z.string().trim().min(1).max(100);
