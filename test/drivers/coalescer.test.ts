/** Of a burst of changes only the last is emitted; waiting changes are emitted when the driver stops. */
import { Coalescer } from "../../drivers/coalescer.ts";
import { until } from "../harness/system.ts";

test("the last value of a burst is emitted, once for each key", async () => {
  const emitted: string[] = [];
  const coalescer = new Coalescer<string>((value) => emitted.push(value), 50);
  for (const value of ["a1", "a2", "a3"]) coalescer.put("a", value);
  coalescer.put("b", "b1");
  expect(emitted).toEqual([]);
  await until(async () => emitted.length === 2);
  expect(emitted).toEqual(["a3", "b1"]);
});

test("closing emits what is waiting, and nothing afterwards", () => {
  const emitted: string[] = [];
  const coalescer = new Coalescer<string>((value) => emitted.push(value));
  coalescer.put("a", "a1");
  coalescer.close();
  coalescer.put("a", "a2");
  coalescer.close();
  expect(emitted).toEqual(["a1"]);
});
