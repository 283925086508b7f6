/**
 * Refuses new passwords that guessing finds early: common words, years, runs on the keyboard, repetitions, and the
 * user's own names. What such parts explain is taken away, and what is left must be long enough. The reasons
 * for a short list instead of a library are in docs/decisions/0019.
 */
import { Problem } from "../../contracts/errors.ts";

/** Words at the heart of the most frequent passwords of public leaks, in a few languages, and of this product. */
const COMMON =
  "password passwort passwd senha contrasena motdepasse wachtwoord welcome willkommen bemvindo bienvenido admin " +
  "administrator root guest user login letmein access secret changeme default master monkey dragon shadow sunshine " +
  "princess football baseball soccer futebol liverpool arsenal superman batman pokemon starwars iloveyou teamo ficken " +
  "whatever trustno hello freedom flower cookie cheese summer winter spring autumn sommer monday friday january " +
  "february march april june july august september october november december michael jennifer jessica daniel charlie " +
  "thomas andrew ashley nicole hunter killer computer internet server samsung google facebook whatsapp wppconnect " +
  "wpp agent system company office business test testing temp demo example sample qazwsx asdasd asdf zxcvbn";

/** Neighbours on keyboards and in the alphabet; runs are found in both directions. */
const RUNS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "yxcvbnm",
  "azertyuiop",
  "1q2w3e4r5t6z7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];
const SHORTEST_RUN = 4;
/** Characters that must be left, each counted once. */
const LEAST_LEFT = 6;
/** Shorter parts of names explain nothing: they occur in too many words. */
const SHORTEST_WORD = 3;

/** Digits and signs that stand for letters. */
const LETTERS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

const COMMON_WORDS = COMMON.split(" ");
const RUN_TEXTS = RUNS.flatMap((run) => [run, [...run].toReversed().join("")]);

/** Throws `validation` at `pointer` for a weak password. `names` are the user's: e-mail address, name, organization. */
export function requireStrongPassword(password: string, pointer: string, names: readonly string[]): void {
  const reason = weaknessOf(password, names);
  if (reason === undefined) return;
  const detail = `${reason}; choose something longer that others cannot guess, such as four unrelated words`;
  throw new Problem("validation", `${pointer}: ${detail}`, { errors: [{ pointer, code: "weak_password", detail }] });
}

/** Why the password is easy to guess; undefined when it is not. */
export function weaknessOf(password: string, names: readonly string[]): string | undefined {
  const text = password.toLowerCase();
  if (isRepetition(text)) return "is a repetition of a few characters";
  const own = names.flatMap((name) => wordsOf(name.toLowerCase()));
  const withoutOwn = takeAway(text, own);
  if (own.length > 0 && isTooShort(withoutRuns(withoutOwn)) && !isTooShort(withoutRuns(text)))
    return "consists of your own name, e-mail address or organization";
  const left = withoutRuns(takeAway(withoutOwn, COMMON_WORDS));
  return isTooShort(left) ? "consists of common words, years or runs of keys" : undefined;
}

function isRepetition(text: string): boolean {
  for (let length = 1; length <= text.length / 2; length++)
    if (
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .startsWith(text)
    )
      return true;
  return false;
}

/** The parts of a name or an e-mail address, and the whole without separators. */
function wordsOf(name: string): string[] {
  const parts = name.split(/[^\p{L}\p{N}]+/u);
  return [...parts, parts.join("")]
    .filter((word) => word.length >= SHORTEST_WORD)
    .toSorted((a, b) => b.length - a.length);
}

/** Replaces the words, also where digits and signs stand for their letters. */
function takeAway(text: string, words: readonly string[]): string {
  let [left, plain] = [text, toLetters(text)];
  for (const word of words) {
    for (const spelling of new Set([word, toLetters(word)])) {
      for (let at = plain.indexOf(spelling); at !== -1; at = plain.indexOf(spelling)) {
        const blank = " ".repeat(spelling.length);
        left = left.slice(0, at) + blank + left.slice(at + spelling.length);
        plain = plain.slice(0, at) + blank + plain.slice(at + spelling.length);
      }
    }
  }
  return left;
}

/** One letter for each UTF-16 unit, so that positions stay the same. */
function toLetters(text: string): string {
  return text
    .split("")
    .map((char) => LETTERS[char] ?? char)
    .join("");
}

function withoutRuns(text: string): string {
  let left = text.replace(/(?:19|20)\d\d/g, "    ");
  for (let at = 0; at + SHORTEST_RUN <= left.length; at++) {
    let length = SHORTEST_RUN;
    if (!isRun(left.slice(at, at + length))) continue;
    while (at + length < left.length && isRun(left.slice(at, at + length + 1))) length += 1;
    left = left.slice(0, at) + " ".repeat(length) + left.slice(at + length);
  }
  return left;
}

function isRun(text: string): boolean {
  return text.trim() !== "" && RUN_TEXTS.some((run) => run.includes(text));
}

function isTooShort(left: string): boolean {
  return new Set(left.replace(/[\s\p{P}\p{S}]/gu, "")).size < LEAST_LEFT;
}
