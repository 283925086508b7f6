/** `npm run cluster` as a person uses it: a node is killed and another one drained while a conversation goes on. */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { until } from "../harness/system.ts";

test("its prompt kills and drains while messages flow, and at the end nothing is lost", async () => {
  const child = spawn(process.execPath, ["test/local-cluster/run.ts"], {
    cwd: resolve(import.meta.dirname, "../.."),
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((done) => child.once("exit", done));
  const type = async (line: string, answer: RegExp) => {
    output = "";
    child.stdin.write(`${line}\n`);
    await until(() => answer.test(output), 30_000);
  };
  try {
    await until(() => output.includes("cluster> "), 90_000);
    await type("kill node-1", /node-1 is dead/);
    await type("drain node-2", /node-2 → node-3|no session has to move/);
    await type("join", /node-4 is up/);
    await type("explode", /There is no command "explode"/);
    await type("kill node-9", /needs one of: .*node-3/);
    await type("status", /node-4 +up .*\n(?:.*\n)*.* accepted, .* 0 doubled/);
    await type("quit", /Nothing was lost, nothing doubled/);
    expect(await exited).toBe(0);
  } finally {
    child.kill("SIGTERM");
    await exited;
  }
}, 180_000);
