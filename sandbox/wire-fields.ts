/** Fields that several requests of a device have. */
import { z } from "zod";
import { isChatId } from "../contracts/address.ts";

export const chat = z.string().max(60).refine(isChatId, "must be a chat id");
export const group = z.string().regex(/^[\d-]{5,40}@g\.us$/, "must be a group id");
export const channel = z.string().regex(/^\d{5,30}@newsletter$/, "must be the id of a channel");
export const messageId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, "must be 1 to 64 letters, digits, dots or dashes");
export const people = z.array(chat).max(1024);
export const groupName = z.string().trim().min(1).max(100);
export const limit = z.int().min(1).max(5000);
export const empty = z.strictObject({});

/** A picture as a `data:` URL. The bytes are not checked, as WhatsApp checks them in its clients. */
export const picture = z
  .string()
  .max(8 * 1024 * 1024)
  .startsWith("data:image/", "must be a data URL of a picture");
