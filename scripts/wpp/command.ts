/** What a command of `wpp` is, and how its words and options are read. */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import type { WppClient } from "../../clients/typescript/src/index.ts";
import { findSimilar } from "../../contracts/similar-name.ts";
import type { Output } from "./output.ts";

/** The command was not used as it is meant; the text says how it is. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Something failed that the person can mend; the text is all that is shown. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Exit codes, as `wpp help` lists them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, refused: 3, unreachable: 4 } as const;

export type Options = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

export interface Run {
  /** The words after the command, one for each of its arguments; the last may be several. */
  readonly words: readonly string[];
  readonly options: Options;
  readonly output: Output;
  /** Connects with the profile that is in use. */
  readonly connect: () => WppClient;
}

interface OptionHelp {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly help: string;
}

export interface Command {
  /** The words that name it: `["session", "list"]`. */
  readonly name: readonly string[];
  /** Its arguments, such as `<session>`, `[text]` or `[text…]`. */
  readonly args: readonly string[];
  readonly summary: string;
  readonly options?: Readonly<Record<string, OptionHelp>>;
  run(run: Run): Promise<number | void>;
}

/** Options of every command. */
export const COMMON: Readonly<Record<string, OptionHelp>> = {
  profile: { type: "string", short: "p", help: "use this profile of `wpp login`" },
  json: { type: "boolean", help: "print JSON, one document or one line for each entry" },
  help: { type: "boolean", short: "h", help: "show how the command is used" },
};

export function usageOf({ name, args, options }: Command): string {
  const own = Object.entries(options ?? {}).map(([option, { type }]) =>
    type === "boolean" ? `[--${option}]` : `[--${option} …]`,
  );
  return ["wpp", ...name, ...args, ...own].join(" ");
}

/** The command that the words begin with. Throws UsageError, with the one that was perhaps meant. */
export function findCommand(commands: readonly Command[], words: readonly string[]): Command {
  const found = commands
    .filter(({ name }) => name.every((word, index) => words[index] === word))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  if (found !== undefined) return found;
  const given = words.slice(0, 2).join(" ");
  const ofNoun = commands.filter(({ name }) => name[0] === words[0]);
  if (ofNoun.length > 0) throw new UsageError(`wpp ${words[0]} takes: ${ofNoun.map(({ name }) => name[1]).join(", ")}`);
  const meant = findSimilar(
    given,
    commands.map(({ name }) => name.join(" ")),
  );
  throw new UsageError(`there is no command ${given}${meant === undefined ? "" : `; did you mean ${meant}?`}`);
}

/** The options of a command with those of every command. */
export function optionsOf(command: Command | undefined): Readonly<Record<string, OptionHelp>> {
  return { ...command?.options, ...COMMON };
}

/** Separates words and options. Throws UsageError for an option that the command does not have. */
export function readOptions(
  args: readonly string[],
  options: Readonly<Record<string, OptionHelp>>,
): { readonly words: readonly string[]; readonly options: Options } {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
  try {
    const { positionals, values } = parseArgs({ args: [...args], options: config, allowPositionals: true });
    return { words: positionals, options: values };
  } catch (error) {
    const known = Object.keys(options).map((name) => `--${name}`);
    const text = error instanceof Error ? error.message.replace(/\. To specify.*$/s, "") : String(error);
    throw new UsageError(`${text}; accepted: ${known.join(", ")}`);
  }
}

/** Throws UsageError when words are missing, or there are too many. */
export function checkWords(command: Command, words: readonly string[]): void {
  const needed = command.args.filter((arg) => arg.startsWith("<")).length;
  const isOpen = command.args.at(-1)?.includes("…") === true;
  if (words.length < needed || (!isOpen && words.length > command.args.length))
    throw new UsageError(`usage: ${usageOf(command)}`);
}

/** An option's text; undefined when it was not given. */
export function textOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}
