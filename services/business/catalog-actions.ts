/** Catalogs: products and collections of a session's account, and those of other businesses. */
import { actionsOf } from "../../access/serve.ts";
import { locateSession } from "../../access/session-scope.ts";
import { operateSession } from "../../actors/call-session.ts";
import type { StoredMedia } from "../../contracts/media.ts";
import * as routes from "../../contracts/routes/catalog.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";

const { serve } = actionsOf<DatabaseLocals>();

export const catalogActions = {
  products: serve(routes.listProducts, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    const { of, limit } = ctx.params.query;
    const owner = of === undefined ? null : session.chatId(of, "?of");
    return { data: await operateSession(ctx, this.database, session.sessionId, "listProducts", { owner, limit }) };
  }),

  "products.create": serve(routes.createProduct, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const { picture, ...fields } = ctx.params.body;
    const request = { kind: "image", media: picture };
    const media = await ctx.call<StoredMedia, object>("message.storeMedia", request);
    return operateSession(ctx, this.database, sessionId, "createProduct", { fields, media });
  }),

  "products.update": serve(routes.updateProduct, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const input = { id: ctx.params.params.id, fields: ctx.params.body };
    return operateSession(ctx, this.database, sessionId, "updateProduct", input);
  }),

  "products.remove": serve(routes.deleteProduct, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    await operateSession(ctx, this.database, sessionId, "deleteProduct", { id: ctx.params.params.id });
  }),

  collections: serve(routes.listCollections, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    const { of, limit } = ctx.params.query;
    const owner = of === undefined ? null : session.chatId(of, "?of");
    return { data: await operateSession(ctx, this.database, session.sessionId, "listCollections", { owner, limit }) };
  }),

  "collections.create": serve(routes.createCollection, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const { name, products } = ctx.params.body;
    const input = { id: null, name, add: products, remove: [] };
    return operateSession(ctx, this.database, sessionId, "saveCollection", input);
  }),

  "collections.update": serve(routes.updateCollection, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const input = { id: ctx.params.params.id, ...ctx.params.body };
    return operateSession(ctx, this.database, sessionId, "saveCollection", input);
  }),

  "collections.remove": serve(routes.deleteCollection, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    await operateSession(ctx, this.database, sessionId, "deleteCollection", { id: ctx.params.params.id });
  }),
};
