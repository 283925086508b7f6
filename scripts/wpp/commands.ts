/** All commands, in the order in which help lists them. */
import type { Command } from "./command.ts";
import { accountCommands } from "./commands/account.ts";
import { completionCommand } from "./commands/completion.ts";
import { configCommand } from "./commands/config.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { messageCommands } from "./commands/messages.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { operationCommands } from "./commands/operations.ts";
import { sessionCommands } from "./commands/sessions.ts";
import { streamCommands } from "./commands/streams.ts";

export const commands: readonly Command[] = [
  ...accountCommands,
  ...sessionCommands,
  ...messageCommands,
  ...streamCommands,
  ...operationCommands,
  migrateCommand,
  configCommand,
  doctorCommand,
  completionCommand(() => commands),
];
