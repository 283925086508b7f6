/**
 * `npm run simulate`: many seeds, or one (`--seed 7`), of a cluster of `--nodes` and `--sessions`; `--table` measures the
 * statements that clusters of growing size need.
 */
import { parseArgs } from "node:util";
import { simulate } from "./simulation.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "1000" },
    nodes: { type: "string" },
    sessions: { type: "string", default: "200" },
    seconds: { type: "string", default: "300" },
    faults: { type: "string", default: "1" },
    table: { type: "boolean", default: false },
  },
});
const print = (text: string) => process.stdout.write(`${text}\n`);

function table(): void {
  print("| nodes | sessions | statements/s when calm | of each node | unevenness | seconds to compute |");
  print("| ----: | -------: | ---------------------: | -----------: | ---------: | -----------------: |");
  for (const nodes of [10, 100, 1_000])
    for (const sessions of [1_000, 10_000, 1_000_000]) {
      const begun = performance.now();
      const { statements, unevenness } = simulate({ seed: 1, nodes, sessions, seconds: 300, faults: 0 });
      const cells = [nodes, sessions, statements.toFixed(1), (statements / nodes).toFixed(2)];
      const even = sessions < nodes * 10 ? "–" : `${(unevenness * 100).toFixed(1)} %`;
      print(`| ${[...cells, even, ((performance.now() - begun) / 1_000).toFixed(1)].join(" | ")} |`);
    }
}

function seeds(): void {
  const [first, last] =
    values.seed === undefined ? [1, Number(values.seeds)] : [Number(values.seed), Number(values.seed)];
  const rest = { sessions: Number(values.sessions), seconds: Number(values.seconds), faults: Number(values.faults) };
  const total = { faults: 0, takeovers: 0, longestWait: 0 };
  for (let seed = first; seed <= last; seed += 1) {
    const nodes = values.nodes === undefined ? 3 + (seed % 18) : Number(values.nodes);
    try {
      const result = simulate({ ...rest, seed, nodes });
      total.faults += result.faults;
      total.takeovers += result.takeovers;
      total.longestWait = Math.max(total.longestWait, result.longestWait);
    } catch (error) {
      print(
        `${String(error)}\nrepeat it: npm run simulate -- --seed ${seed} --nodes ${nodes} --sessions ${rest.sessions}`,
      );
      process.exitCode = 1;
      return;
    }
    if (seed % 100 === 0) print(`${seed} seeds, ${total.faults} faults, ${total.takeovers} takeovers`);
  }
  print(`never two live browsers; the longest wait for a new owner was ${total.longestWait} ms`);
}

if (values.table) table();
else seeds();
