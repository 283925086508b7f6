/**
 * `npm run client:types`: writes the types of clients/typescript from the OpenAPI document. openapi-typescript uses the
 * compiler's API, which TypeScript 7 does not have: `typescript` is TypeScript 5 in this process alone.
 */
import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createOpenApi } from "../../contracts/openapi.ts";

const FILE = join(import.meta.dirname, "../../clients/typescript/src/schema.gen.ts");

type Responses = Record<string, { headers?: unknown }>;
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { responses: Responses }>>>>;
}

/** Every operation repeats its problems, which the client gives as one type. Without them half of the text is left. */
function withoutProblems(document: object): object {
  for (const operations of Object.values((document as Document).paths))
    for (const operation of Object.values(operations)) {
      const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
      for (const [, response] of successes) delete response.headers;
      operation.responses = Object.fromEntries(successes);
    }
  return { ...document, webhooks: {} };
}

/** The file's text, from the document as it is now. */
async function generate(): Promise<string> {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "typescript"
        ? next("typescript-api", { ...context, parentURL: import.meta.url })
        : next(specifier, context),
  });
  const { default: openapiTypescript, astToString } = await import("openapi-typescript");
  const document = JSON.stringify(withoutProblems(createOpenApi("")));
  const head = "/** Made from the OpenAPI document by `npm run client:types`; not edited. */\n";
  const text = astToString(await openapiTypescript(document, { silent: true }));
  // A third of the text is indentation.
  return head + text.replace(/^(?: {4})+/gm, (spaces) => "\t".repeat(spaces.length / 4));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const text = await generate();
  if (process.argv[2] === "--print") process.stdout.write(text);
  else writeFileSync(FILE, text);
}
