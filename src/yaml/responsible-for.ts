/** `responsibleFor`, as a profile, a fixture and a program write it; `error` completes the sentence that begins with the key. */

import * as z from "zod";
import { comparableDomain, isDomain } from "../ground/mail-domain.ts";

const mostEntries = 1000;

export const responsibleForKeys: readonly string[] = ["domains", "teams"];

const domainPattern = z.string({ error: "must be a list of domains" }).superRefine((text, context) => {
  const problem = domainProblem(text);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

const teamPattern = z
  .string({ error: "must be a list of Team names" })
  .regex(/\S/, { error: "is empty" })
  .max(255, { error: "is longer than 255 characters" });

/** Neither key says nothing, and an empty list would leave everything outside: both are taken for mistakes. */
export const responsibleForSchema = z
  .strictObject(
    {
      domains: listOf(domainPattern, "domains")
        .describe(
          "Domains of the accounts, by userName (or by the primary e-mail address if the userName is not an address): example.com, or *.example.com for its subdomains. Default: every account.",
        )
        .exactOptional(),
      teams: listOf(teamPattern, "Team names")
        .describe("Names of the Teams; * is any number of characters, ? is one. Default: every Team.")
        .exactOptional(),
    },
    { error: "must have the key domains, teams or both" },
  )
  .refine(({ domains, teams }) => domains !== undefined || teams !== undefined, {
    error: "must have the key domains, teams or both",
    // An unknown key is a mistake of its own, and most likely one of the two with a typing error.
    when: ({ issues }) => issues.length === 0,
  });

function listOf<Item extends z.ZodType>(item: Item, what: string) {
  const empty = `is empty, so everything would be outside: add ${what}, or remove the key`;
  return z
    .array(item, { error: `must be a list of ${what}` })
    .min(1, { error: empty })
    .max(mostEntries, { error: `has more than ${mostEntries} entries` });
}

function domainProblem(text: string): string | undefined {
  const name = text.startsWith("*.") ? text.slice(2) : text;
  if (isDomain(comparableDomain(name))) return undefined;
  if (text === "*") return "cannot be * alone: remove domains to include every account";
  if (text.includes("@")) return "is an e-mail address: write only the domain, after the @";
  return text.includes("*")
    ? "is not a domain: * is allowed only for subdomains, as in *.example.com"
    : "is not a domain, such as example.com or *.example.com";
}
