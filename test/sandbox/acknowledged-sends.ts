/** A process for the test that kills it: sends messages to its own sandbox and prints each acknowledged id. */
import { openSandbox } from "../../sandbox/sandbox.ts";
import { RawDevice } from "./raw-device.ts";

const [dataDir = ""] = process.argv.slice(2);
const sandbox = await openSandbox({ dataDir, host: "127.0.0.1" });
const sender = await sandbox.phones.create("ten_a", { phone: "15550100101" });
await sandbox.phones.create("ten_a", { phone: "15550100102" });
const receiver = new RawDevice(sandbox.endpoint);
const token = await receiver.link(sandbox, "ten_a", "15550100102");
console.log(`token ${token}`);
const device = new RawDevice(sandbox.endpoint);
await device.link(sandbox, "ten_a", sender.phone);
for (let n = 0; ; n++) {
  const ids = [0, 1, 2].map((part) => `M${n}.${part}`);
  await Promise.all(ids.map((id) => device.get("send", { id, to: "15550100102@c.us", type: "text", text: id })));
  console.log(ids.join("\n"));
}
