/** The OpenAPI 3.1 document, generated from the schemas that validate requests and type events. */
import { ProblemBody } from "./errors.ts";
import {
  descriptionOf,
  EVENT_ENVELOPES,
  EVENT_TYPES,
  EventEnvelope,
  EVENTS,
  eventName,
  type EventType,
} from "./events.ts";
import { HEADERS, operationOf } from "./openapi/operations.ts";
import { Schemas, type Json } from "./openapi/schemas.ts";
import { TAGS } from "./openapi/tags.ts";
import { fullPathOf, routes } from "./routes.ts";

export { operationIdOf } from "./openapi/operations.ts";

const SIGNATURE = [
  "Signed as specified by Standard Webhooks:",
  "headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.",
].join(" ");

function webhookOf(type: EventType, schemas: Schemas): Json {
  return {
    post: {
      operationId: `on${eventName(type)}`,
      summary: type,
      tags: ["Webhook events"],
      description: `${descriptionOf(type)} ${SIGNATURE}`,
      requestBody: {
        required: true,
        content: { "application/json": { schema: schemas.response(EVENT_ENVELOPES[type]) } },
      },
      responses: {
        "2XX": { description: "Delivered. Any other status is retried." },
        "410": { description: "Disables the endpoint." },
      },
    },
  };
}

/** An entry for each type that webhooks deliver. */
function webhooksOf(schemas: Schemas): Json {
  const delivered = EVENT_TYPES.filter((type) => EVENTS[type].published !== "socket");
  return Object.fromEntries(delivered.map((type) => [type, webhookOf(type, schemas)]));
}

const DESCRIPTION = `A gateway between programs and WhatsApp.

- **Credentials.** Send \`X-Api-Key: wpp_…\` or \`Authorization: Bearer <access token>\`. Each operation names the \
permission that it requires (\`x-permission\`).
- **First message.** \`POST /sessions\`, \`POST /sessions/{session}/start\`, scan the code of \
\`GET /sessions/{session}/qr?wait=30\`, wait for the state \`connected\`, then \`POST /sessions/{session}/messages\`. \
On the sandbox, \`POST /sandbox/phones\` makes the phones, and \`POST /sandbox/phones/{phone}/scan\` scans.
- **Durable sends.** A \`202\` is durable: the message is sent, or its status and an event report why it was not.
- **Errors** are problem documents (RFC 9457) with a stable \`code\`; \`errors\` names the fields. Responses may gain \
fields; requests with unknown fields are refused.
- **Lists** are \`{ data, nextCursor }\`; pass \`nextCursor\` as \`cursor\` to get the next page.
- **Events** have one envelope on all ways: \`GET /events\`, \`GET /events/stream\` (Server-Sent Events), a WebSocket at \
\`/api/v1/stream\` (docs/streams.md), webhooks, and Socket.io (docs/sockets.md). Pass the \
\`cursor\` of the last one as \`after\` to continue behind it.
- **Times** are RFC 3339 in UTC. **Addresses** are sent as a phone number or a WhatsApp id, and returned as both.
- **Limits.** \`RateLimit\` and \`RateLimit-Policy\` show what is left; after a \`429\`, wait as \`Retry-After\` says.`;

const SECURITY_SCHEMES = {
  accessToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "From `POST /api/v1/auth/login`. An API key may be given here too.",
  },
  apiKey: {
    type: "apiKey",
    in: "header",
    name: "X-Api-Key",
    description: "A key (wpp_…) from `POST /api/v1/api-keys`; it may do what its scopes list.",
  },
};

/** The OpenAPI document. */
export function createOpenApi(version: string): Json {
  const schemas = new Schemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = fullPathOf(route).replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  schemas.response(ProblemBody);
  schemas.response(EventEnvelope);
  const webhooks = webhooksOf(schemas);
  return {
    openapi: "3.1.1",
    info: {
      title: "WPPConnect Agent System",
      version,
      description: DESCRIPTION,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/", description: "The server that this document comes from" }],
    security: [{ accessToken: [] }, { apiKey: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks,
    components: {
      schemas: schemas.finish(),
      responses: schemas.responses,
      parameters: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}
