/** The contents of the image except its packages, according to .dockerignore. */
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, run } from "./programs.ts";

/** The files and folders of the build context. */
export function buildContext(): string[] {
  const lines = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n");
  if (!lines.includes("*")) throw new Error(".dockerignore must start by excluding everything");
  return lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
}

/** Creates a copy of the image's /app that only root may write to. The caller deletes it. */
export function copyImageFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "wpp-image-"));
  for (const name of buildContext()) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  run("chmod", ["-R", "a+rX,a-w", folder]);
  chmodSync(folder, 0o555);
  return folder;
}

/** The packages that the image's TypeScript imports at run time, each with a file that imports it. */
export function importedPackages(): Map<string, string> {
  const packages = new Map<string, string>();
  const files = buildContext().flatMap((name) => {
    const path = join(ROOT, name);
    return statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: "utf8" }).map((file) => join(path, file))
      : [path];
  });
  for (const file of files.filter((path) => path.endsWith(".ts"))) {
    const text = readFileSync(file, "utf8").replaceAll(/^(import|export) type [^;]*;/gm, "");
    for (const match of text.matchAll(/(?:\bfrom |\bimport\(|^import |\.resolve\()"([^"]+)"/gm)) {
      const name = /^(@[^/]+\/[^/]+|[^./@][^/]*)/.exec(match[1]!)?.[1];
      if (name !== undefined && !name.startsWith("node:")) packages.set(name, file);
    }
  }
  return packages;
}

/** The command of an instruction of the Dockerfile that is in JSON form. */
export function dockerfileCommand(instruction: "HEALTHCHECK" | "ENTRYPOINT" | "CMD"): string[] {
  const text = readFileSync(join(ROOT, "Dockerfile"), "utf8").replaceAll("\\\n", " ");
  const line = text.split("\n").find((each) => each.startsWith(`${instruction} `)) ?? "";
  return JSON.parse(line.slice(line.indexOf("["))) as string[];
}
