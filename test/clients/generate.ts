/**
 * Generates a client with each of the two generators: `node test/clients/generate.ts <document> <folder>`. Both use the
 * compiler's API, which TypeScript 7 does not have: `typescript` is TypeScript 5 here, in this process alone.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "typescript"
      ? next("typescript-api", { ...context, parentURL: import.meta.url })
      : next(specifier, context),
});

const [document, folder] = process.argv.slice(2) as [string, string];

const { default: openapiTypescript, astToString } = await import("openapi-typescript");
const schema = await openapiTypescript(readFileSync(document, "utf8"), { silent: true });
writeFileSync(join(folder, "schema.ts"), astToString(schema));

const { createClient } = await import("@hey-api/openapi-ts");
await createClient({
  input: document,
  output: { path: join(folder, "hey-api"), module: { extension: ".ts" } },
  plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
  logs: { level: "silent", file: false },
});
