/** Validation messages: plain for every kind of issue, and never the schema library's own. */
import { z } from "zod";
import { explainMismatch, validationMessages } from "../../contracts/validation-messages.ts";

const messagesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, validationMessages).error?.issues.map(({ message }) => message);

const CASES: readonly [string, z.ZodType, unknown, string][] = [
  ["an empty string", z.string().min(1), "", "must not be empty"],
  ["a short string", z.string().min(3), "a", "must have at least 3 characters"],
  ["a long string", z.string().max(1), "ab", "must have at most 1 character"],
  ["a string of another length", z.string().length(3), "ab", "must have exactly 3 characters"],
  ["an empty array", z.array(z.string()).min(1), [], "must not be empty"],
  ["a short array", z.array(z.string()).min(2), ["a"], "must have at least 2 items"],
  ["a long array", z.array(z.string()).max(1), ["a", "b"], "must have at most 1 item"],
  ["a small number", z.int().min(3), 1, "must be at least 3"],
  ["a number at an exclusive bound", z.number().gt(3), 3, "must be greater than 3"],
  ["a large number", z.int().max(3), 4, "must be at most 3"],
  ["a number at an exclusive upper bound", z.number().lt(3), 3, "must be less than 3"],
  ["a number between multiples", z.number().multipleOf(5), 3, "must be a multiple of 5"],
  ["a missing string", z.object({ a: z.string() }), {}, "is required: expected a string"],
  ["another type", z.string(), 1, "must be a string"],
  ["a fraction", z.int(), 1.5, "must be an integer"],
  ["a string for a boolean", z.boolean(), "yes", "must be true or false"],
  ["an array for an object", z.object({}), [], "must be an object"],
  ["text for a number", z.coerce.number(), "abc", "must be a number"],
  ["an unknown field", z.strictObject({}), { a: 1, b: 1 }, "has unknown fields: a, b"],
  ["none of the options", z.enum(["x", "y"]), "z", 'must be one of "x", "y"'],
  ["not the constant", z.literal(1), 2, "must be 1"],
  ["an invalid e-mail address", z.email(), "a", "must be an e-mail address"],
  ["an invalid time", z.iso.datetime(), "a", "must be a date and time such as 2026-01-31T09:30:00Z"],
  ["a string that does not match", z.string().regex(/^a$/), "b", "must match the pattern /^a$/"],
  ["another prefix", z.string().startsWith("a"), "b", 'must start with "a"'],
  ["no form of a union", z.union([z.string(), z.number()]), true, "does not match any of the accepted forms"],
  [
    "an unknown discriminator",
    z.discriminatedUnion("t", [z.object({ t: z.literal("a") }), z.object({ t: z.literal("b") })]),
    { t: "c" },
    'must be one of "a", "b"',
  ],
  ["a bad key", z.record(z.string().max(1), z.string()), { ab: "" }, "has an invalid key"],
  ["a custom rule without a message", z.string().refine(() => false), "a", "is not valid"],
  ["a schema's own message", z.string().min(3, "three at least"), "a", "three at least"],
];

test.each(CASES)("%s", (_name, schema, value, message) => {
  expect(messagesOf(schema, value)).toEqual([message]);
});

test("explains a value of another program in one line, with positions", () => {
  const schema = z.object({ id: z.string(), list: z.array(z.object({ at: z.int() })) });
  expect(explainMismatch(schema, { list: [{ at: 1 }, { at: 1.5 }] })).toBe(
    "id is required: expected a string; list.1.at must be an integer",
  );
  expect(explainMismatch(schema, 1)).toBe("must be an object");
});
