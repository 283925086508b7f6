/**
 * The document makes working clients: two generators make one each from the document of a running system, and a program
 * on each is checked by the compiler, with no cast, and run.
 */
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { startSystem, type System } from "../harness/system.ts";

const ROOT = join(import.meta.dirname, "../..");
const PROGRAMS = join(import.meta.dirname, "programs");
const run = promisify(execFile);
const node = (...args: string[]) => run(process.execPath, args, { timeout: 60_000 });

const OPTIONS = {
  target: "esnext",
  module: "nodenext",
  lib: ["esnext", "dom", "dom.iterable"],
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitReturns: true,
  noEmit: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
};

let system: System;
let folder: string;

beforeAll(async () => {
  system = await startSystem({
    services: SERVICE_NAMES,
    environment: { WPP_SIGNUP: "open", WPP_SANDBOX: "on" },
  });
  folder = mkdtempSync(join(tmpdir(), "wpp-clients-"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const name of readdirSync(PROGRAMS)) copyFileSync(join(PROGRAMS, name), join(folder, name));
  const document = join(folder, "openapi.json");
  writeFileSync(document, await (await fetch(`${system.url}/openapi.json`)).text());
  await node(join(import.meta.dirname, "generate.ts"), document, folder);
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await system.stop();
});

test("the programs have no cast, and compile", async () => {
  const casts = readdirSync(PROGRAMS).flatMap(
    (name) => readFileSync(join(PROGRAMS, name), "utf8").match(/\bas (?!const\b|api\b)\w+|[:<] ?any\b|@ts-.*/g) ?? [],
  );
  expect(casts).toEqual([]);
  const files = readdirSync(PROGRAMS);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, files }));
  const compiled = await node(join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false").catch(
    (error: { stdout: string }) => error,
  );
  expect(compiled.stdout).toBe("");
});

test.each([
  ["with-openapi-fetch.ts", "Fetch", "+1555011000"],
  ["with-hey-api.ts", "Hey", "+1555012000"],
])("%s pairs a session, sends, and reads the answer", async (program, tenant, phone) => {
  const { stdout } = await node(join(folder, program), system.url);
  expect(JSON.parse(stdout)).toEqual({
    tenant,
    imageBytes: expect.any(Number),
    reply: "Hi there",
    from: `${phone}2`,
    events: [`connected ${phone}1`, "delivered 3EB0", `received Hi there from ${phone}2`],
    refusal: "404 not_found",
  });
});
