/**
 * Numbers that WhatsApp knows under an id other than the dialled number. Three countries have changed their numbering
 * plans, and WhatsApp has kept one form for each account:
 *
 * - Mexico: dialled 52 and ten digits; the id has a 1 after the country code.
 * - Argentina: dialled 54 and ten digits; the id has a 9 after the country code.
 * - Brazil: mobile numbers got a ninth digit. The ids of area codes up to 28 have it, the others do not.
 *
 * These are forms of one number, so they may be used to find what is stored. Which of them is the id of an account is
 * decided by WhatsApp's server: before anything is sent, drivers ask it.
 */

/** `form` matches the digits of any form of a number; `id` and `other` make the two forms from its groups. */
interface Plan {
  readonly form: RegExp;
  readonly id: string;
  readonly other: string;
}

const PLANS: readonly Plan[] = [
  { form: /^521?(\d{10})$/, id: "521$1", other: "52$1" },
  { form: /^549?(\d{10})$/, id: "549$1", other: "54$1" },
  { form: /^55(1[1-9]|2[12478])9?([6-9]\d{7})$/, id: "55$19$2", other: "55$1$2" },
  { form: /^55([3-9][1-9])9?([6-9]\d{7})$/, id: "55$1$2", other: "55$19$2" },
];

/** The forms of a number given in digits with its country code: first the one that WhatsApp's ids have. */
export function formsOf(digits: string): readonly [string, ...string[]] {
  const plan = PLANS.find(({ form }) => form.test(digits));
  if (plan === undefined) return [digits];
  return [digits.replace(plan.form, plan.id), digits.replace(plan.form, plan.other)];
}

/** All chat ids under which messages of this chat can be stored; the id itself when it has one form only. */
export function chatIdForms(chatId: string): readonly string[] {
  const digits = /^(\d+)@c\.us$/.exec(chatId)?.[1];
  return digits === undefined ? [chatId] : formsOf(digits).map((form) => `${form}@c.us`);
}

/** The chat ids without those that are another form of an earlier one, in the same order. */
export function uniqueChats(chatIds: readonly string[]): string[] {
  const seen = new Set<string | undefined>();
  return chatIds.filter((chatId) => {
    const [form] = chatIdForms(chatId);
    const isNew = !seen.has(form);
    seen.add(form);
    return isNew;
  });
}
