/** The table of routes: every route declares its requests and responses, and has an action that serves it. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "moleculer";
import { z } from "zod";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { PROBLEMS } from "../../contracts/errors.ts";
import { createOpenApi, operationIdOf } from "../../contracts/openapi.ts";
import { PERMISSIONS, ROLE_PERMISSIONS } from "../../contracts/permissions.ts";
import { fullPathOf, routes } from "../../contracts/routes.ts";
import { loadService, startSystem, type System } from "../harness/system.ts";

const PAGES = join(import.meta.dirname, "../../services/api-gateway/pages");

/** Routes without authentication. Adding one must be a deliberate decision. */
const PUBLIC = [
  "GET /health",
  "GET /livez",
  "GET /readyz",
  "GET /startupz",
  "POST /api/v1/auth/login",
  "POST /api/v1/auth/refresh",
  "POST /api/v1/auth/register",
  "POST /api/v1/auth/setup-token",
];

const nameOf = (route: (typeof routes)[number]) => `${route.method} ${fullPathOf(route)}`;

describe("the table of routes", () => {
  test("only these routes are public", () => {
    expect(
      routes
        .filter((route) => route.permission === "public")
        .map(nameOf)
        .toSorted(),
    ).toEqual(PUBLIC);
  });

  test.each(routes.map((route) => [nameOf(route), route] as const))("%s is complete", (_name, route) => {
    const known: readonly string[] = [...PERMISSIONS, "public", "authenticated"];
    expect(known).toContain(route.permission);
    expect(route.summary).toMatch(/^\S.{5,}$/);
    expect(route.tag).not.toBe("");
    expect(Object.keys(route.responses).length).toBeGreaterThan(0);
    for (const [status, schema] of Object.entries(route.responses)) {
      expect(Number(status)).toBeGreaterThanOrEqual(200);
      expect(schema === null || schema instanceof z.ZodType).toBe(true);
    }
    for (const code of route.problems ?? []) expect(PROBLEMS).toHaveProperty(code);
    const named = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const described =
      route.params === undefined
        ? []
        : Object.keys(
            (z.toJSONSchema(route.params, { io: "input", unrepresentable: "any" }) as { properties: object })
              .properties,
          );
    expect(described.toSorted()).toEqual(named.toSorted());
    if (route.method === "GET") expect(route.body).toBeUndefined();
  });

  test("no method and path occurs twice, and no operation id", () => {
    expect(new Set(routes.map(nameOf)).size).toBe(routes.length);
    expect(new Set(routes.map(operationIdOf)).size).toBe(routes.length);
  });

  test("every permission that a route requires is granted by some role", () => {
    const granted = new Set<string>([
      ...Object.values(ROLE_PERMISSIONS).flat(),
      "platform:admin",
      "public",
      "authenticated",
    ]);
    expect(routes.filter((route) => !granted.has(route.permission)).map(nameOf)).toEqual([]);
  });

  test("every route has a published action in its service", async () => {
    const published = new Set<string>();
    for (const name of SERVICE_NAMES) {
      const schema = await loadService(name);
      for (const [action, definition] of Object.entries(schema.actions ?? {})) {
        const isPublished =
          typeof definition === "function" ||
          (typeof definition === "object" && (definition.visibility ?? "published") === "published");
        if (isPublished) published.add(`${schema.name}.${action}`);
      }
    }
    expect(routes.filter((route) => !published.has(route.action)).map((route) => route.action)).toEqual([]);
  });
});

describe("the gateway", () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ services: ["api-gateway", "auth", "tenant", "health"] });
  });
  afterAll(() => system.stop());

  test("serves exactly the routes and the pages", () => {
    const gateway = system.broker.getLocalService("api-gateway") as Service & {
      aliases: { method: string; fullPath: string }[];
    };
    const served = gateway.aliases.map(({ method, fullPath }) => `${method} ${fullPath}`);
    const modules = readdirSync(PAGES).filter((file) => file.endsWith(".ts"));
    const pages = [
      "/",
      "/pages/contracts/states.ts",
      "/docs",
      "/openapi.json",
      "/pages/docs.css",
      "/pages/page.css",
      "/welcome",
      ...modules.map((file) => `/pages/${file}`),
    ].map((path) => `GET ${path}`);
    expect(served.toSorted()).toEqual([...routes.map(nameOf), ...pages].toSorted());
  });

  test("describes every route in /openapi.json, whose references all resolve", async () => {
    const answer = await fetch(`${system.url}/openapi.json`);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    const text = await answer.text();
    const document = JSON.parse(text) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
      webhooks: Record<string, unknown>;
    };
    expect(document.openapi).toBe("3.1.1");
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual(routes.map((route) => nameOf(route).replace(/:(\w+)/g, "{$1}")).toSorted());
    expect(document.webhooks).toHaveProperty(["message.received"]);
    for (const [, reference] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      let target: unknown = document;
      for (const name of reference!.split("/")) target = (target as Record<string, unknown> | undefined)?.[name];
      expect({ reference, found: target !== undefined }).toEqual({ reference, found: true });
    }
  });

  test.each([
    ["/", "text/html", "WPPConnect Agent System"],
    ["/welcome", "text/html", "one-time link"],
    ["/docs", "text/html", "docs.ts"],
    ["/pages/docs.ts", "text/javascript", "function drawDocument"],
    ["/pages/page.css", "text/css", "--accent"],
  ])("serves %s with its own content security policy", async (path, type, content) => {
    const answer = await fetch(`${system.url}${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain(type);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await answer.text()).toContain(content);
  });

  test("generates the same document twice", () => {
    expect(createOpenApi("1.0.0")).toEqual(createOpenApi("1.0.0"));
  });
});
