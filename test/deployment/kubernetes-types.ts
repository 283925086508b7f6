/**
 * Checks Kubernetes objects against the types of the package kubernetes-models, which are generated from the Kubernetes
 * schemas: the compiler finds errors that kustomize ignores, such as misspelt fields.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Manifest } from "./manifests.ts";
import { ROOT } from "./programs.ts";

const PACKAGES = ["kubernetes-models", "@kubernetes-models/gateway-api"];
const OPTIONS = {
  strict: true,
  noEmit: true,
  module: "nodenext",
  moduleResolution: "nodenext",
  target: "esnext",
  skipLibCheck: true,
  types: [],
};

/** The packages with the types that are not installed. */
export function missingTypes(): string[] {
  return PACKAGES.filter((name) => !existsSync(join(ROOT, "node_modules", name)));
}

function packageOf(apiVersion: string): string {
  return apiVersion.startsWith("gateway.networking.k8s.io/") ? "@kubernetes-models/gateway-api" : "kubernetes-models";
}

/** The compiler's errors about these objects; empty when each matches its type. */
export function typeErrorsOf(objects: readonly Manifest[]): string {
  const folder = mkdtempSync(join(tmpdir(), "wpp-typed-"));
  try {
    const moduleOf = ({ apiVersion, kind }: Manifest) => `${packageOf(apiVersion)}/${apiVersion}/${kind}`;
    const lines = objects.flatMap((object, index) => [
      `import type { I${object.kind} as Type${index} } from "${moduleOf(object)}";`,
      `export const object${index}: Type${index} = ${JSON.stringify(object, null, 1)};`,
    ]);
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, files: ["objects.ts"] }));
    writeFileSync(join(folder, "objects.ts"), lines.join("\n"));
    const { stdout, status } = spawnSync(
      join(ROOT, "node_modules/typescript/bin/tsc"),
      ["-p", folder, "--pretty", "false"],
      {
        encoding: "utf8",
        timeout: 60_000,
      },
    );
    return status === 0 ? "" : `${stdout}exit code ${status}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
