/** Signing in, profiles, and users. */
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import bcrypt from "bcrypt";
import { readConfig } from "../../../contracts/config.ts";
import { PERMISSIONS } from "../../../contracts/permissions.ts";
import { openDatabase } from "../../../db/database.ts";
import { appendAudit } from "../../../db/statements/identity/append-audit.ts";
import { revokeLogins } from "../../../db/statements/identity/logins.ts";
import { replacePassword } from "../../../db/statements/identity/users.ts";
import { PASSWORD_COST } from "../../../services/auth/passwords.ts";
import { WppClient } from "../../../clients/typescript/src/index.ts";
import { CommandError, textOf, type Command } from "../command.ts";
import { clientOf, defaultUrl, profilesFile, readProfiles, writeProfiles } from "../profiles.ts";

/** Reads a line; without `isShown`, nothing that is typed appears. */
async function ask(question: string, isShown: boolean): Promise<string> {
  if (!process.stdin.isTTY) throw new CommandError("this is no terminal: give --key, or set WPP_TOKEN");
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: isShown ? process.stderr : silent, terminal: true });
  reader.on("SIGINT", () => process.exit(130));
  try {
    return await reader.question("");
  } finally {
    reader.close();
    if (!isShown) process.stderr.write("\n");
  }
}

/** A key for this machine, made by the user who signs in. */
async function keyFor(url: string): Promise<string> {
  const anyone = new WppClient({ baseUrl: url });
  const email = await ask("E-mail: ", true);
  const password = await ask("Password: ", false);
  const { accessToken } = await anyone.request("POST", "/auth/login", { body: { email, password } });
  const user = new WppClient({ baseUrl: url, accessToken });
  const { permissions } = await user.request("GET", "/auth/me");
  const scopes = PERMISSIONS.filter(
    (permission) => permission !== "platform:admin" && permissions.includes(permission),
  );
  const { key } = await user.request("POST", "/api-keys", { body: { name: "wpp", scopes: scopes as never } });
  return key;
}

export const accountCommands: readonly Command[] = [
  {
    name: ["login"],
    args: ["[url]"],
    summary: "Keep a system and a key for it as a profile",
    options: {
      key: { type: "string", help: "an API key; without it, e-mail and password are asked for" },
      name: { type: "string", help: "the profile's name; default" },
    },
    async run({ words, options, output }) {
      const url = words[0] ?? defaultUrl(process.env);
      const key = textOf(options, "key") ?? (await keyFor(url));
      const { tenant } = await clientOf(url, key).request("GET", "/auth/me");
      const name = textOf(options, "name") ?? "default";
      const file = profilesFile(process.env);
      const { profiles } = readProfiles(file);
      writeProfiles(file, { current: name, profiles: { ...profiles, [name]: { url, key } } });
      output.show(
        { profile: name, url, tenant: tenant.name },
        () => `Signed in to ${tenant.name} at ${url}, as profile ${name}`,
      );
    },
  },
  {
    name: ["profile", "list"],
    args: [],
    summary: "List the profiles",
    async run({ output }) {
      const { current, profiles } = readProfiles(profilesFile(process.env));
      const entries = Object.entries(profiles).map(([name, { url }]) => ({ name, url, current: name === current }));
      const rows = entries.map(({ name, url, current: isCurrent }) => [isCurrent ? "*" : "", name, url]);
      output.table(entries, ["", "name", "url"], rows, "There is no profile; wpp login makes one");
    },
  },
  {
    name: ["profile", "use"],
    args: ["<name>"],
    summary: "Use a profile from now on",
    async run({ words: [name = ""], output }) {
      const file = profilesFile(process.env);
      const { profiles } = readProfiles(file);
      if (profiles[name] === undefined) throw new CommandError(`there is no profile ${name}`);
      writeProfiles(file, { current: name, profiles });
      output.say(`Using ${name}`);
    },
  },
  {
    name: ["user", "list"],
    args: [],
    summary: "List the users",
    async run({ connect, output }) {
      const users = await Array.fromAsync(connect().list("/users"));
      const rows = users.map(({ name, email, role, disabled }) => [name, email, role, disabled ? "disabled" : ""]);
      output.table(users, ["name", "e-mail", "role", ""], rows, "There is no user");
    },
  },
  {
    name: ["user", "reset"],
    args: ["<email>"],
    summary: "Give a user a new password, on the machine that has the database; it is shown once",
    async run({ words: [email = ""], output }) {
      const password = randomBytes(15).toString("base64url");
      const hash = await bcrypt.hash(password, PASSWORD_COST);
      const { databaseUrl: url, dataDir } = readConfig(process.env);
      const database = await openDatabase({ url, dataDir, poolSize: 2 });
      try {
        await database.transaction(async (sql) => {
          const now = Date.now();
          const user = await replacePassword(sql, email.trim().toLowerCase(), hash, now);
          if (user === null) throw new CommandError(`there is no user ${email} in the database of this folder`);
          await revokeLogins(sql, { tenantId: user.tenantId, userId: user.id }, "password_changed", now);
          await appendAudit(sql, {
            tenantId: user.tenantId,
            actor: { type: "system", id: null, ip: null },
            action: "user.password_changed",
            target: user.id,
            detail: { by: "operator" },
            requestId: null,
          });
        });
      } finally {
        await database.close();
      }
      output.show(
        { email, password },
        () => `The new password of ${email}: ${password}\nAll their logins were signed out.`,
      );
    },
  },
];
