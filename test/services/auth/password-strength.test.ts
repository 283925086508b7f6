/** New passwords: those that guessing finds early are refused with a reason, wherever a password is set. */
import { weaknessOf } from "../../../services/auth/password-strength.ts";
import { clientOf, OPEN, PASSWORD, registerTenant } from "../../harness/accounts.ts";
import { startSystem } from "../../harness/system.ts";

const NAMES = ["ada.lovelace@acme-tools.example", "Ada Lovelace", "Acme Tools"];

test.each([
  "password1234",
  "Password2024!",
  "P@ssw0rd12345",
  "passw0rdpassw0rd",
  "qwertyuiop123",
  "1234567890123",
  "987654321098765",
  "abcdefghijklm",
  "1q2w3e4r5t6y7u8i",
  "aaaaaaaaaaaa",
  "abcabcabcabcabc",
  "welcome2welcome",
  "summer2024winter2025",
  "iloveyou12345",
  "admin-admin-2026",
  "whatsapp123456",
  "Senha12345678",
  "!!!!!!!!!!!!!",
])("%s is weak", (password) => {
  expect(weaknessOf(password, [])).toMatch(/repetition|common words/);
});

test.each([
  "ada.lovelace@acme-tools.example",
  "AdaLovelace2026",
  "acmetools123!",
  "Lovel4ce-Acme-1",
  "acme-tools-acme-tools",
])("%s is weak for the user with that name", (password) => {
  expect(weaknessOf(password, NAMES)).toMatch(/your own name|repetition/);
  expect(weaknessOf(password.replace(/acme|lovelace|lovel4ce|ada/gi, "vjxmwq").slice(0, 40), NAMES)).toBeUndefined();
});

test.each([
  "correct horse battery staple",
  "a long passphrase",
  "vT7#kq9!zLm2",
  "Regenschirm unter Palmen",
  "ünïcödé größer straße",
  "密码需要很长才安全可以吗好",
  "password manager generated: x8Kq",
  "ada walks seven brown dogs",
])("%s is not", (password) => {
  expect(weaknessOf(password, NAMES)).toBeUndefined();
});

test("is checked in the time of a request, whatever the password", () => {
  // The longest password has 72 bytes; nothing here may grow with anything else.
  for (const text of ["1".repeat(72), "aA1!".repeat(18), "qwerty1234".repeat(7), "password".repeat(9)])
    expect(weaknessOf(text, NAMES)).toBeDefined();
});

test("a weak password is refused wherever one is set, at its field", async () => {
  const system = await startSystem({ services: ["api-gateway", "auth", "tenant"], environment: OPEN });
  try {
    const link = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
    const { owner, userId, email } = await registerTenant(system, "Platform", link.url.split("#")[1]);
    const weak = "password1234";
    const user = { email: "new@weak.test", name: "New", role: "viewer" };
    const requests = [
      ["POST", "/auth/register", { tenantName: "T", name: "N", email: "x@weak.test", password: weak }, "/password"],
      ["POST", "/users", { ...user, password: weak }, "/password"],
      ["PATCH", `/users/${userId}`, { password: weak }, "/password"],
      ["POST", "/auth/password", { currentPassword: PASSWORD, newPassword: email.padEnd(12, "1") }, "/newPassword"],
      [
        "POST",
        "/tenants",
        { name: "T", owner: { name: "N", email: "y@weak.test", password: weak } },
        "/owner/password",
      ],
    ] as const;
    for (const [method, path, body, pointer] of requests) {
      const client = path === "/auth/register" ? clientOf(system) : owner;
      const answer = await client.ask<{ errors: { pointer: string; code: string }[] }>(method, path, body);
      expect({
        path,
        status: answer.status,
        errors: answer.body.errors.map((error) => [error.pointer, error.code]),
      }).toEqual({
        path,
        status: 422,
        errors: [[pointer, "weak_password"]],
      });
    }
  } finally {
    await system.stop();
  }
});
