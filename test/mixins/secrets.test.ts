/** Derived keys, and secrets encrypted with them. */
import { createSecrets } from "../../mixins/secrets.ts";

describe("encrypted secrets", () => {
  const secrets = createSecrets(Buffer.alloc(32, 7));
  const field = { tenantId: "t", table: "webhooks", column: "secret", id: "1" };

  test("open only for their own field, unchanged, with the same master key", () => {
    const sealed = secrets.seal("whsec_abc", field);
    expect(sealed).not.toContain("whsec");
    expect(secrets.open(sealed, field)).toBe("whsec_abc");
    expect(secrets.seal("whsec_abc", field)).not.toBe(sealed);
    for (const other of [{ tenantId: "u" }, { table: "x" }, { column: "y" }, { id: "2" }])
      expect(() => secrets.open(sealed, { ...field, ...other })).toThrow(/unable to authenticate/);
    expect(() => secrets.open(`${sealed.slice(0, -2)}AA`, field)).toThrow(/unable to authenticate/);
    expect(() => createSecrets(Buffer.alloc(32, 8)).open(sealed, field)).toThrow(/unable to authenticate/);
  });

  test("keys of different purposes differ", () => {
    expect(secrets.key("cursor").equals(secrets.key("canary"))).toBe(false);
    expect(secrets.isMac("cursor", "x", secrets.mac("canary", "x"))).toBe(false);
  });
});
