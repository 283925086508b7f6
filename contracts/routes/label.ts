/** Labels of business accounts, and lists of chats, which other accounts have in their place. */
import { z } from "zod";
import { object, route } from "../route.ts";
import { ChatParams, Done } from "./chat.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

export const Label = z
  .object({
    id: z.string(),
    kind: z.enum(["label", "list"]).describe("label: of a business account; list: of any other"),
    name: z.string(),
    color: z.int().describe("Index in WhatsApp's palette of 20 colors"),
    chats: z.array(z.string()).describe("The ids of the chats that carry it"),
  })
  .meta({ id: "Label" });

const Name = z.string().trim().min(1).max(100);
const Color = z.int().min(0).max(19).describe("Index in WhatsApp's palette; by default the first that is free");

/** The routes of labels, or of lists: they differ in their names only. */
function routesOf(kind: "label" | "list") {
  const [tag, path, whose] =
    kind === "label"
      ? (["Labels", "labels", "Business accounts only."] as const)
      : (["Lists", "lists", "Business accounts have labels in their place."] as const);
  const common = { tag, description: whose, problems: DRIVER_PROBLEMS };
  const params = SessionParams.extend({ id: z.string().min(1).max(40).describe(`Id of the ${kind}`) });
  return {
    list: route({
      method: "GET",
      path: `/sessions/:session/${path}`,
      action: `business.${path}`,
      permission: "label:read",
      summary: `List the ${path}, with the chats that carry them`,
      ...common,
      params: SessionParams,
      responses: { 200: z.object({ data: z.array(Label) }) },
    }),
    create: route({
      method: "POST",
      path: `/sessions/:session/${path}`,
      action: `business.${path}.create`,
      permission: "label:write",
      summary: `Create a ${kind}`,
      ...common,
      params: SessionParams,
      body: object({ name: Name, color: Color.exactOptional() }),
      responses: { 201: Label },
    }),
    update: route({
      method: "PATCH",
      path: `/sessions/:session/${path}/:id`,
      action: `business.${path}.update`,
      permission: "label:write",
      summary: `Change the name or color of a ${kind}`,
      ...common,
      params,
      body: object({ name: Name.exactOptional(), color: Color.exactOptional() }).refine(
        (body) => Object.keys(body).length > 0,
        "name or color is expected",
      ),
      responses: { 200: Label },
    }),
    remove: route({
      method: "DELETE",
      path: `/sessions/:session/${path}/:id`,
      action: `business.${path}.remove`,
      permission: "label:write",
      summary: `Delete a ${kind}; its chats stay`,
      ...common,
      params,
      responses: { 204: null },
    }),
    setOfChat: route({
      method: "PUT",
      path: `/sessions/:session/chats/:chatId/${path}`,
      action: `business.${path}.setOfChat`,
      permission: "label:write",
      summary: `Put exactly these ${path} on a chat`,
      ...common,
      params: ChatParams,
      body: object({
        [path]: z.array(z.string().min(1).max(40)).max(50).describe(`Ids of the ${path}; none takes all off`),
      } as Record<"labels" | "lists", z.ZodArray<z.ZodString>>),
      responses: { 200: Done },
    }),
  };
}

export const labels = routesOf("label");
export const lists = routesOf("list");

export const labelRoutes = [...Object.values(labels), ...Object.values(lists)];
