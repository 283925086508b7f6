/** `wpp completion`: the words of `wpp` for a shell. */
import { optionsOf, UsageError, type Command } from "../command.ts";

/** All beginnings of commands with the words that can follow. */
function followers(commands: readonly Command[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (before: string, word: string): void => {
    const known = found.get(before) ?? [];
    if (!known.includes(word)) found.set(before, [...known, word]);
  };
  for (const command of commands) {
    command.name.forEach((word, index) => add(command.name.slice(0, index).join(" "), word));
    for (const option of Object.keys(optionsOf(command))) add(command.name.join(" "), `--${option}`);
  }
  return found;
}

function bash(commands: readonly Command[]): string {
  const cases = [...followers(commands)].map(([before, words]) => `    "${before}") words="${words.join(" ")}" ;;`);
  return `_wpp() {
  local before="\${COMP_WORDS[*]:1:COMP_CWORD-1}" words=""
  case "$before" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _wpp wpp
`;
}

function fish(commands: readonly Command[]): string {
  const lines = commands.map(({ name, summary }) => {
    const [first, second] = name;
    const text = summary.replaceAll("'", "");
    if (second === undefined) return `complete -c wpp -f -n __fish_use_subcommand -a ${first} -d '${text}'`;
    return `complete -c wpp -f -n '__fish_seen_subcommand_from ${first}' -a ${second} -d '${text}'`;
  });
  const nouns = [...new Set(commands.filter(({ name }) => name.length > 1).map(({ name }) => name[0]))];
  return `${[...nouns.map((noun) => `complete -c wpp -f -n __fish_use_subcommand -a ${noun}`), ...lines].join("\n")}\n`;
}

/** The command; it gets the list that it is a part of when it runs. */
export function completionCommand(all: () => readonly Command[]): Command {
  return {
    name: ["completion"],
    args: ["<shell>"],
    summary: 'Print the completion for bash, zsh or fish: eval "$(wpp completion bash)"',
    async run({ words: [shell], output }) {
      if (shell === "bash") output.raw(bash(all()));
      else if (shell === "zsh") output.raw(`autoload -U +X bashcompinit && bashcompinit\n${bash(all())}`);
      else if (shell === "fish") output.raw(fish(all()));
      else throw new UsageError(`${shell} is not known; use bash, zsh or fish`);
    },
  };
}
