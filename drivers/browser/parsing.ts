/** Payloads from the library are untrusted. Those that do not parse are dropped, and noted as unknown shapes. */
import type { z } from "zod";
import type { UnknownShapes } from "../unknown-shapes.ts";

/** The parsed payload; undefined when it has another shape, which is noted under its source. */
export function parsePayload<S extends z.ZodType>(
  schema: S,
  payload: unknown,
  unknown: UnknownShapes,
  source: string,
): z.infer<S> | undefined {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) unknown.notePayload(source, payload);
  return parsed.data;
}
