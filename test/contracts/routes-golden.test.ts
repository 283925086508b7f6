/**
 * The golden table of all routes with their requests and responses: in review, a change of the API shows as a change of
 * test/contracts/golden/routes.txt. The second part tests the response check that every test client makes.
 */
import { hash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isOpenToLimitedKeys, problemsOf, type Route } from "../../contracts/route.ts";
import { fullPathOf, routes } from "../../contracts/routes.ts";
import { faultOf } from "../harness/response-checks.ts";

const FILE = join(import.meta.dirname, "golden", "routes.txt");
const HOW = "For an intended change, update the table: UPDATE_GOLDEN=1 npx jest test/contracts/routes-golden.test.ts";

type Shape = { properties?: Record<string, unknown>; required?: string[] };

/** The schema's structure without its descriptions, and a short hash of it. */
function markOf(schema: z.ZodType, io: "input" | "output"): { shape: Shape; mark: string } {
  const shape = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => void delete jsonSchema.description,
  });
  return { shape: shape as Shape, mark: hash("sha256", JSON.stringify(shape), "hex").slice(0, 8) };
}

function fieldsOf({ properties, required = [] }: Shape): string {
  if (properties === undefined) return "…";
  return Object.keys(properties)
    .map((name) => (required.includes(name) ? name : `${name}?`))
    .join(" ");
}

function requestOf(route: Route): string {
  const parts = (["params", "query", "body"] as const).flatMap((part) => {
    const schema = route[part];
    if (schema === undefined) return [];
    const { shape, mark } = markOf(schema, "input");
    return [`${part}(${fieldsOf(shape)})#${mark}`];
  });
  if (route.bodyKind === "upload") parts.push("multipart");
  return parts.join(" ") || "nothing";
}

function answersOf(route: Route): string {
  const answers = Object.entries(route.responses).map(([status, schema]) => {
    if (schema === null) return `${status} empty`;
    const { shape, mark } = markOf(schema, "output");
    return `${status} ${z.globalRegistry.get(schema)?.id ?? `(${fieldsOf(shape)})`}#${mark}`;
  });
  return [...answers, ...(route.produces ?? [])].join(", ");
}

function lineOf(route: Route): string {
  const own = problemsOf({ ...route, problems: [] });
  const problems = problemsOf(route).filter((code) => !own.includes(code));
  return [
    `${route.method} ${fullPathOf(route)}`,
    isOpenToLimitedKeys(route) ? route.permission : `${route.permission} (whole tenant)`,
    route.action,
    requestOf(route),
    answersOf(route),
    problems.length === 0 ? "no problems of its own" : problems.toSorted().join(" "),
  ].join(" | ");
}

function readTable(): string[] {
  return readFileSync(FILE, "utf8").split("\n").filter(Boolean);
}

test("the routes match the golden table", () => {
  const now = routes.map(lineOf).toSorted();
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(FILE, `${now.join("\n")}\n`);
  const agreed = readTable();
  const changes = [
    ...agreed.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !agreed.includes(line)).map((line) => `+ ${line}`),
  ];
  if (changes.length > 0)
    throw new Error(`The API differs from test/contracts/golden/routes.txt.\n${changes.join("\n")}\n${HOW}`);
});

describe("the test clients accept only responses that the route declares", () => {
  const PHONES = "/api/v1/sandbox/phones";
  const json = (body: unknown, status = 200) => ({ status, contentType: "application/json; charset=utf-8", body });
  const problem = (code: string, status: number) => ({
    status,
    contentType: "application/problem+json; charset=utf-8",
    body: {
      type: `urn:wppconnect:problem:${code}`,
      title: "t",
      status,
      detail: "d",
      instance: "/",
      code,
      requestId: "req_1",
    },
  });
  const list = { data: [], nextCursor: null };

  test.each([
    ["a success", "GET", PHONES, json(list)],
    ["a field that is new", "GET", PHONES, json({ ...list, more: 1 })],
    ["a problem of the route", "GET", `${PHONES}?cursor=x`, problem("cursor_invalid", 422)],
    ["a problem of every route", "GET", PHONES, problem("unauthenticated", 401)],
    ["a path without a route", "GET", "/api/v1/nothing", problem("route_not_found", 404)],
    [
      "no body where none is declared",
      "DELETE",
      `${PHONES}/1`,
      { status: 204, contentType: "", body: Buffer.alloc(0) },
    ],
    [
      "bytes of a declared type",
      "GET",
      "/api/v1/sessions/a/qr.png",
      { status: 200, contentType: "image/png", body: Buffer.from("x") },
    ],
  ])("%s is accepted", (_what, method, path, answer) => {
    expect(faultOf(method, path, answer)).toBeUndefined();
  });

  test.each([
    ["a missing field", "GET", PHONES, json({ data: [] }), /nextCursor/],
    ["a wrong field", "GET", PHONES, json({ data: "none", nextCursor: null }), /data/],
    ["a field that only a default fills in", "GET", "/api/v1/sandbox/faults", json({}), /latencyMs is missing/],
    ["an undeclared status", "GET", PHONES, json(list, 201), /status 201/],
    ["an undeclared problem", "GET", PHONES, problem("no_qr", 409), /no_qr is not declared/],
    ["a problem with another status", "GET", PHONES, problem("unauthenticated", 400), /has the status 400/],
    [
      "a malformed problem document",
      "GET",
      PHONES,
      { ...problem("unauthenticated", 401), body: { code: "unauthenticated" } },
      /not a problem document/,
    ],
    [
      "an undeclared media type",
      "GET",
      PHONES,
      { status: 200, contentType: "text/html", body: Buffer.from("x") },
      /text\/html/,
    ],
    ["a body where none is declared", "DELETE", `${PHONES}/1`, json({}, 204), /none is declared/],
    ["a success without a route", "GET", "/api/v1/nothing", json({}), /no such route/],
  ])("%s is refused", (_what, method, path, answer, fault) => {
    expect(faultOf(method, path, answer)).toMatch(fault);
  });
});
