/** The broker of `npm run dev`: that of moleculer.config.ts, with the project's own commands in the REPL. */
import brokerOptions from "../../moleculer.config.ts";
import { createReplCommands } from "./commands.ts";

export default { ...brokerOptions, replOptions: { customCommands: createReplCommands() } };
