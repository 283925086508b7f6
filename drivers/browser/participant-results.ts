/** Results of changes to the participants of a group: one for each person as the request names them. */
import { z } from "zod";
import {
  failureOfStatus,
  participantResult,
  type ParticipantAction,
  type ParticipantResult,
} from "../../contracts/participants.ts";
import type { AddressBook } from "./address-book.ts";
import { throwNotSent } from "./refusals.ts";
import type { WebClient } from "./web-client.ts";

/** WhatsApp's status codes by the ids of people. */
export const Codes = z.record(z.string(), z.object({ code: z.number() }));

/**
 * Makes a change once for each person, and returns a result for each participant as passed: the same person can be
 * named several times, also by different numbers and ids.
 */
export async function perPerson(
  { ids, addresses }: WebClient,
  asked: readonly string[],
  change: (people: readonly string[]) => Promise<readonly ParticipantResult[]>,
): Promise<ParticipantResult[]> {
  const real = await ids.resolve(asked).catch(throwNotSent);
  const firstIds = new Map<string, string>();
  const people = (await addresses.resolveAll(real)).map(({ lid, chatId }, index) => {
    const person = lid ?? chatId;
    if (!firstIds.has(person)) firstIds.set(person, real[index]!);
    return firstIds.get(person)!;
  });
  const results = new Map((await change([...firstIds.values()])).map((result) => [result.participant, result]));
  return asked.map((participant, index) => ({ ...results.get(people[index]!)!, participant }));
}

/** A person has two ids; WhatsApp keys its results by the one that the group uses. */
export async function toResults(
  addresses: AddressBook,
  people: readonly string[],
  codes: z.infer<typeof Codes>,
  action: ParticipantAction = "add",
): Promise<ParticipantResult[]> {
  const resolved = await addresses.resolveAll(people);
  return people.map((participant, index) => {
    const { phone, lid } = resolved[index]!;
    const ids = [participant, lid, phone === null ? null : `${phone.slice(1)}@c.us`];
    const code = ids.flatMap((id) => (id === null ? [] : (codes[id]?.code ?? [])))[0];
    return participantResult(participant, code === undefined ? "no_answer" : failureOfStatus(action, code));
  });
}
