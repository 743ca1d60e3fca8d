/** The filters that both providers use, tried with what the server holds (Okta: look-up; Microsoft: How provisioning works). */

import { isJsonArray, isJsonObject, type JsonObject } from "../../ground/json.ts";
import { check, fail, pass, unknown, warning, type Check, type Verdict } from "../check.ts";
import type { CheckContext } from "../context.ts";
import { get } from "../readings.ts";
import { serverOf } from "../reach/scim-endpoint.ts";
import { openScim } from "./discovery.ts";
import { listIn, textAt, type ListAnswer } from "./list-answer.ts";

type Found =
  /** The first page of the list is empty, or has nothing that can be looked for; a clause. */
  | { readonly kind: "nothing-to-find"; readonly why: string }
  /** The first page cannot be used: what is wrong with it. */
  | { readonly kind: "unusable"; readonly what: string }
  | {
      readonly kind: "asked";
      readonly id: string;
      readonly filter: string;
      readonly list: ListAnswer;
      /** What a part of the value finds; undefined where that was not asked. */
      readonly ofPart: ListAnswer | undefined;
    };

const advice =
  "Tell the operator of the server: the identity provider would not find who is there already, or take somebody else.";

export const filterUserName = filterCheck({
  id: "filter-user-name",
  title: "Find a user by userName",
  endpoint: "/Users",
  attribute: "userName",
  isExact: true,
});

export const filterGroupName = filterCheck({
  id: "filter-group-name",
  title: "Find a Team by displayName",
  endpoint: "/Groups",
  attribute: "displayName",
  parameters: "excludedAttributes=members&",
  isExact: true,
});

/** Seen from Entra ID, beside the documented match by userName. */
export const filterExternalId = filterCheck({
  id: "filter-external-id",
  title: "Find a user by externalId",
  endpoint: "/Users",
  attribute: "externalId",
  isSoft: true,
});

/** A provider may write a name in another case than the server holds it; beyond ASCII the length can change with the case. */
export const userNameCase = filterCheck({
  id: "user-name-case",
  title: "userName in another case",
  endpoint: "/Users",
  attribute: "userName",
  spell: (value) =>
    /[a-z]/.test(value)
      ? value.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
      : value.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()),
});

interface FilterRow {
  readonly id: string;
  readonly title: string;
  readonly endpoint: "/Users" | "/Groups";
  readonly attribute: string;
  readonly parameters?: string;
  readonly spell?: (value: string) => string;
  /** A part of the value must not find it. */
  readonly isExact?: boolean;
  /** A failure only warns, and a resource may lack the attribute. */
  readonly isSoft?: boolean;
}

function filterCheck(row: FilterRow): Check {
  const { id, title } = row;
  return check({
    id,
    group: "scim",
    title,
    needs: [...openScim],
    read: (context) => readFilter(context, row),
    judge: (found) => judgeFilter(found, row),
  });
}

async function readFilter(context: CheckContext, row: FilterRow): Promise<Found> {
  const { send, readings } = serverOf(context);
  const { endpoint, attribute, parameters = "", isExact = false } = row;
  const first = listIn((await (endpoint === "/Users" ? readings.users : readings.groups)()).answer);
  const wanted = wantedOf(first, row);
  if (wanted.kind !== "wanted") return wanted;
  const { id, value } = wanted;
  const filterFor = (text: string): string => `${attribute} eq ${JSON.stringify(text)}`;
  const ask = async (text: string): Promise<ListAnswer> =>
    listIn(await send(get(`${endpoint}?${parameters}filter=${encodeURIComponent(filterFor(text))}`)));
  const part = value.replace(/^./su, "");
  const list = await ask(value);
  const ofPart = isExact && part.trim() !== "" ? await ask(part) : undefined;
  return { kind: "asked", id, filter: filterFor(value), list, ofPart };
}

interface Wanted {
  readonly kind: "wanted";
  readonly id: string;
  /** As it is asked for. */
  readonly value: string;
}

function wantedOf(
  first: ListAnswer,
  { endpoint, attribute, spell, isSoft = false }: FilterRow,
): Wanted | Exclude<Found, { readonly kind: "asked" }> {
  if (first.kind === "wrong") return { kind: "unusable", what: `the list: ${first.what}` };
  const wanted = wantedIn(first.resources, attribute);
  const one = endpoint === "/Users" ? "user" : "Team";
  if (wanted === undefined) {
    return first.resources.length > 0 && !isSoft
      ? { kind: "unusable", what: `the list shows no ${one} with id and ${attribute}` }
      : {
          kind: "nothing-to-find",
          why: `there is no ${one} with ${attribute === "externalId" ? "an" : "a"} ${attribute} to look for`,
        };
  }
  const value = spell?.(wanted.value) ?? wanted.value;
  return spell !== undefined && value === wanted.value
    ? { kind: "nothing-to-find", why: `the first ${attribute} has no letters` }
    : { kind: "wanted", id: wanted.id, value };
}

function wantedIn(
  resources: readonly JsonObject[],
  attribute: string,
): { readonly value: string; readonly id: string } | undefined {
  return resources
    .map((resource) => ({ value: textAt(resource, attribute), id: textAt(resource, "id") }))
    .flatMap(({ value, id }) => (value === undefined || id === undefined ? [] : [{ value, id }]))[0];
}

function judgeFilter(found: Found, { isSoft = false }: FilterRow): Verdict {
  if (found.kind === "nothing-to-find") return unknown(found.why);
  const what = found.kind === "unusable" ? found.what : faultOfAnswers(found);
  if (what === undefined) return pass("finds exactly one");
  return isSoft ? warning(what, advice) : fail(what, advice);
}

function faultOfAnswers({
  id,
  filter,
  list,
  ofPart,
}: Extract<Found, { readonly kind: "asked" }>): string | undefined {
  const what = faultOf(id, list);
  if (what !== undefined) return `${filter}: ${what}`;
  const findsPart = ofPart?.kind === "list" && ofPart.resources.some((one) => textAt(one, "id") === id);
  return findsPart ? `${filter}: a part of the value finds it as well` : undefined;
}

function faultOf(id: string, list: ListAnswer): string | undefined {
  if (list.kind === "wrong") return list.what;
  const ids = list.resources.map((resource) => textAt(resource, "id"));
  if (!ids.includes(id)) return ids.length === 0 ? "finds nothing" : "finds something else";
  if (ids.length > 1 || list.totalResults > 1) {
    return `finds ${Math.max(ids.length, list.totalResults)}, and should find one`;
  }
  return list.totalResults === 1 ? undefined : `finds one, and totalResults is ${list.totalResults}`;
}

interface MemberFound {
  readonly team: string | undefined;
  /** What the filter finds; without a Team the first page, where it cannot be used. */
  readonly list: ListAnswer | undefined;
}

/** Entra ID asks whether a user is in a group without reading all members. */
export const filterMember = check({
  id: "filter-member",
  group: "scim",
  title: "Find a member of a Team",
  needs: [...openScim],
  read: async (context): Promise<MemberFound> => {
    const { send, readings } = serverOf(context);
    const first = listIn((await readings.groups()).answer);
    const team =
      first.kind === "list" ? first.resources.find((one) => memberOf(one) !== undefined) : undefined;
    const [id, member] = [textAt(team, "id"), team && memberOf(team)];
    if (id === undefined || member === undefined) {
      return { team: undefined, list: first.kind === "wrong" ? first : undefined };
    }
    const filter = encodeURIComponent(`id eq ${JSON.stringify(id)} and members eq ${JSON.stringify(member)}`);
    const answer = await send(get(`/Groups?excludedAttributes=members&filter=${filter}`));
    return { team: id, list: listIn(answer) };
  },
  judge: ({ team, list }) => {
    if (list === undefined) return unknown("no Team on the first page shows a member");
    const what = faultOf(team ?? "", list);
    return what === undefined
      ? pass("finds exactly one")
      : warning(
          `id eq and members eq: ${what}`,
          "Entra ID asks this before it adds a member; without it, it may add one again.",
        );
  },
});

function memberOf(team: JsonObject): string | undefined {
  const { members } = team;
  const [first] = isJsonArray(members) ? members : [];
  return isJsonObject(first) ? textAt(first, "value") : undefined;
}
