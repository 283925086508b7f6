/** What is in the image beside its packages, as .dockerignore lets it in. */
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, run } from "./programs.ts";

/** The files and folders that a build is given. */
export function buildContext(): string[] {
  const lines = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n");
  if (!lines.includes("*")) throw new Error(".dockerignore must begin by leaving everything out");
  return lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
}

/** A copy of the image's /app that nobody but root may write to. The caller removes it. */
export function layOutImage(): string {
  const folder = mkdtempSync(join(tmpdir(), "wpp-image-"));
  for (const name of buildContext()) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  run("chmod", ["-R", "a+rX,a-w", folder]);
  chmodSync(folder, 0o555);
  return folder;
}

/** The packages that the image's TypeScript imports when it runs, each with a file that does. */
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

/** The command of the Dockerfile's instruction, in its JSON form. */
export function dockerfileCommand(instruction: "HEALTHCHECK" | "ENTRYPOINT" | "CMD"): string[] {
  const text = readFileSync(join(ROOT, "Dockerfile"), "utf8").replaceAll("\\\n", " ");
  const line = text.split("\n").find((each) => each.startsWith(`${instruction} `)) ?? "";
  return JSON.parse(line.slice(line.indexOf("["))) as string[];
}
