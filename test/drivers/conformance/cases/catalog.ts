/** Catalogs of businesses. */
import { TENANT, operation, type DriverFixture } from "../driver-fixture.ts";
import { MEDIA_SAMPLES } from "../media-samples.ts";

type Fixture = DriverFixture;

export const CATALOG_CASES = {
  "keeps a catalog, which others see": async (fixture: Fixture) => {
    const { driver, phone } = await fixture.link({ business: true });
    const peer = await fixture.phone();
    const media = await fixture.store(MEDIA_SAMPLES.image);
    const fields = { name: "Soap", description: "Clean", price: 4_990, currency: "EUR", retailerId: "S-1" };
    const soap = await operation(driver, "createProduct")({ fields, media });
    expect(soap).toEqual({ ...fields, id: expect.any(String), url: "", hidden: false, images: [expect.any(String)] });
    const seen = () =>
      fixture.sandbox.phones.perform(TENANT, peer.phone, "products", { owner: phone.chatId, limit: 9 });
    expect(await seen()).toMatchObject([{ name: "Soap", price: 4_990, currency: "EUR" }]);
    const update = operation(driver, "updateProduct");
    const changed = await update({ id: soap.id, fields: { name: "Good soap", price: 5_500 } });
    expect(changed).toMatchObject({ name: "Good soap", price: 5_500, description: "Clean", currency: "EUR" });
    expect(await update({ id: soap.id, fields: { hidden: true } })).toMatchObject({ hidden: true, name: "Good soap" });
    expect(await seen()).toEqual([]);
    await update({ id: soap.id, fields: { hidden: false } });
    const save = operation(driver, "saveCollection");
    const bath = await save({ id: null, name: "Bath", add: [soap.id], remove: [] });
    expect(bath).toEqual({ id: expect.any(String), name: "Bath", products: [soap.id] });
    expect(await save({ id: bath.id, name: "Bathroom", add: [], remove: [] })).toMatchObject({ name: "Bathroom" });
    expect(await operation(driver, "listCollections")({ owner: null, limit: 5 })).toHaveLength(1);
    await operation(driver, "deleteCollection")({ id: bath.id });
    expect(await operation(driver, "listCollections")({ owner: null, limit: 5 })).toEqual([]);
    await operation(driver, "deleteProduct")({ id: soap.id });
    expect(await operation(driver, "listProducts")({ owner: null, limit: 5 })).toEqual([]);
    const missing = { kind: "rejected", failure: "target_not_found" };
    await expect(operation(driver, "deleteProduct")({ id: soap.id })).rejects.toMatchObject(missing);
    await expect(update({ id: soap.id, fields: { name: "Gone" } })).rejects.toMatchObject(missing);
  },

  "reads what a customer has ordered": async (fixture: Fixture) => {
    const { driver, phone } = await fixture.link({ business: true });
    const peer = await fixture.phone();
    const media = await fixture.store(MEDIA_SAMPLES.image);
    const fields = { name: "Soap", price: 4_990, currency: "EUR" };
    const { id } = await operation(driver, "createProduct")({ fields, media });
    const order = await fixture.sandbox.phones.perform(TENANT, peer.phone, "createOrder", {
      seller: phone.chatId,
      items: [{ product: id, quantity: 3 }],
    });
    const read = operation(driver, "readOrder");
    expect(await read({ orderId: order.id, token: order.token })).toEqual({
      items: [{ productId: id, name: "Soap", quantity: 3, price: 4_990 }],
      total: 14_970,
      currency: "EUR",
      createdAt: expect.any(Number),
    });
    await expect(read({ orderId: order.id, token: "wrong" })).rejects.toMatchObject({
      kind: "rejected",
      failure: "target_not_found",
    });
  },

  "reads another catalog, and cannot keep one as a person": async (fixture: Fixture) => {
    const { driver } = await fixture.shared();
    const shop = await fixture.sandbox.phones.create(TENANT, { name: "Shop", business: true });
    const product = await fixture.sandbox.phones.perform(TENANT, shop.phone, "saveProduct", {
      name: "Bread",
      price: 3_200,
      currency: "EUR",
      images: ["data:image/png;base64,iVBORw0KGgo="],
    });
    await fixture.sandbox.phones.perform(TENANT, shop.phone, "saveCollection", {
      name: "Bakery",
      add: [product.id],
      remove: [],
    });
    const products = await operation(driver, "listProducts")({ owner: shop.chatId, limit: 10 });
    expect(products).toMatchObject([{ id: product.id, name: "Bread", price: 3_200 }]);
    const collections = await operation(driver, "listCollections")({ owner: shop.chatId, limit: 10 });
    expect(collections).toEqual([{ id: expect.any(String), name: "Bakery", products: [product.id] }]);
    await expect(operation(driver, "deleteProduct")({ id: product.id })).rejects.toMatchObject({
      kind: "rejected",
      failure: "business_only",
    });
  },
};
