/** The entry of the command line `wpp`. */
import { existsSync } from "node:fs";
import { NoAnswerError, WppError } from "../../clients/typescript/src/index.ts";
import { ConfigError } from "../../contracts/config.ts";
import {
  checkWords,
  CommandError,
  EXIT,
  findCommand,
  optionsOf,
  readOptions,
  textOf,
  UsageError,
  usageOf,
  type Command,
} from "./command.ts";
import { commands } from "./commands.ts";
import { Output } from "./output.ts";
import { connect } from "./profiles.ts";

const NAME_WIDTH = 34;

/** All commands, or how one is used. */
function help(command: Command | undefined): string {
  if (command === undefined) {
    const lines = commands.map(
      (entry) => `  ${[...entry.name, ...entry.args].join(" ").padEnd(NAME_WIDTH)} ${entry.summary}`,
    );
    return [
      "wpp: the WPPConnect Agent System at the command line",
      "",
      ...lines,
      "",
      "wpp <command> --help shows the options of a command. Every command takes --json and --profile.",
      "Exit codes: 0 done, 1 failed, 2 used wrongly, 3 refused by the system, 4 no answer.",
    ].join("\n");
  }
  const options = Object.entries(optionsOf(command)).map(
    ([name, { help: text }]) => `  ${`--${name}`.padEnd(NAME_WIDTH)} ${text}`,
  );
  return [command.summary, "", `  ${usageOf(command)}`, "", ...options].join("\n");
}

/** Words come before options that have values, so the command can be found before its options are known. */
function wordsBefore(args: readonly string[]): readonly string[] {
  const end = args.findIndex((arg) => arg.startsWith("-"));
  return end === -1 ? args : args.slice(0, end);
}

async function run(args: readonly string[]): Promise<number> {
  const write = (text: string): void => void process.stdout.write(text);
  const isTerminal = process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined;
  const words = wordsBefore(args);
  if (words.length === 0 || words[0] === "help") {
    const asked = words.slice(1);
    write(`${help(asked.length === 0 ? undefined : findCommand(commands, asked))}\n`);
    return args.length === 0 ? EXIT.usage : EXIT.ok;
  }
  const command = findCommand(commands, words);
  const given = readOptions(args, optionsOf(command));
  if (given.options["help"] === true) {
    write(`${help(command)}\n`);
    return EXIT.ok;
  }
  const own = given.words.slice(command.name.length);
  checkWords(command, own);
  const code = await command.run({
    words: own,
    options: given.options,
    output: new Output(given.options["json"] === true, isTerminal, write),
    connect: () => connect(process.env, textOf(given.options, "profile")),
  });
  return code ?? EXIT.ok;
}

/** What went wrong, for a person, and the exit code. */
function explain(error: unknown): { text: string; code: number } {
  if (error instanceof UsageError) return { text: `${error.message}\nwpp help lists all commands`, code: EXIT.usage };
  if (error instanceof CommandError || error instanceof ConfigError) return { text: error.message, code: EXIT.failed };
  if (error instanceof NoAnswerError)
    return {
      text: `the system does not answer (${error.message}). Is it running there? wpp doctor checks it`,
      code: EXIT.unreachable,
    };
  if (error instanceof WppError) {
    const fields = error.errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`);
    return { text: [`${error.problem.detail} (${error.code})`, ...fields].join("\n"), code: EXIT.refused };
  }
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: EXIT.failed };
}

// A pipe that closes early, such as that of head, is no failure.
process.stdout.on("error", () => process.exit(EXIT.ok));
if (existsSync(".env")) process.loadEnvFile();
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const { text, code } = explain(error);
  process.stderr.write(`wpp: ${text}\n`);
  process.exitCode = code;
}
