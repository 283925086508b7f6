/** The OpenAPI document of the door, apart from that of the API. */
import { z } from "zod";
import type { DoorRoute } from "./call.ts";
import { doorRoutes } from "./table.ts";

function bodySchema({ body }: DoorRoute): object | undefined {
  if (body === undefined) return undefined;
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: "input", unrepresentable: "any" });
  return { content: { "application/json": { schema }, "multipart/form-data": { schema } } };
}

function operationOf(route: DoorRoute): object {
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const requestBody = bodySchema(route);
  return {
    tags: [route.group],
    summary: route.summary,
    ...(route.differs === undefined ? {} : { description: `Not as in wppconnect-server: ${route.differs}.` }),
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) => (next ?? "").toUpperCase())}`,
    parameters,
    ...(requestBody === undefined ? {} : { requestBody }),
    ...(route.access === "token" ? { security: [{ token: [] }] } : {}),
    responses: { default: { description: "As wppconnect-server answers", content: { "application/json": {} } } },
  };
}

let document: object | undefined;

/** The document, made once. */
export function openApiOfDoor(): object {
  if (document !== undefined) return document;
  const paths: Record<string, Record<string, object>> = {};
  for (const route of doorRoutes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  document = {
    openapi: "3.1.0",
    info: {
      title: "wppconnect-server's routes",
      version: "2.10",
      description: "For clients of wppconnect-server. New programs use the API of this system: /openapi.json.",
    },
    paths,
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
  };
  return document;
}
