/** `wpp config`: the settings of a process on this machine, with what they mean. */
import { readConfig } from "../../../contracts/config.ts";
import { SECRET, Variables } from "../../../contracts/config-variables.ts";
import type { Command } from "../command.ts";

export const configCommand: Command = {
  name: ["config"],
  args: [],
  summary: "Show the settings of this folder and environment; mistakes are named",
  options: { explain: { type: "boolean", help: "with what each means" } },
  async run({ options, output }) {
    readConfig(process.env);
    const settings = Object.entries(Variables.shape).map(([name, schema]) => {
      const given = process.env[name] ?? (process.env[`${name}_FILE`] === undefined ? undefined : "(from a file)");
      const byDefault: unknown = schema.safeParse(undefined).data;
      const value = given ?? (byDefault === undefined ? null : String(byDefault));
      const shown = SECRET.has(name) && given !== undefined ? "(set)" : value;
      return { name, value: shown, isDefault: given === undefined, meaning: schema.description ?? "" };
    });
    const rows = settings.map(({ name, value, isDefault, meaning }) => [
      name,
      value,
      isDefault ? "default" : "set",
      ...(options["explain"] === true ? [meaning] : []),
    ]);
    output.table(settings, ["setting", "value", "", ...(options["explain"] === true ? ["meaning"] : [])], rows, "");
  },
};
