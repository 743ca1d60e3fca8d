/** The filters that both providers use, tried with what the server holds (Okta: look-up; Microsoft: How provisioning works). */

import { isJsonArray, isJsonObject, type JsonObject } from "../../ground/json.ts";
import { check, fail, pass, unknown, warning, type Check, type Verdict } from "../check.ts";
import { get } from "../readings.ts";
import { serverOf } from "../reach/scim-endpoint.ts";
import { openScim } from "./discovery.ts";
import { listIn, textAt, type ListAnswer } from "./list-answer.ts";

interface Found {
  /** What was looked for, from the first page of the list; undefined where there is nothing. */
  readonly wanted: { readonly value: string; readonly id: string } | undefined;
  readonly list: ListAnswer | undefined;
  readonly filter: string;
}

const advice =
  "Tell the operator of the server: the identity provider would not find who is there already, or take somebody else.";

export const filterUserName = filterCheck({
  id: "filter-user-name",
  title: "Find a user by userName",
  endpoint: "/Users",
  attribute: "userName",
});

export const filterGroupName = filterCheck({
  id: "filter-group-name",
  title: "Find a Team by displayName",
  endpoint: "/Groups",
  attribute: "displayName",
  parameters: "excludedAttributes=members&",
});

/** Seen from Entra ID, beside the documented match by userName. */
export const filterExternalId = filterCheck({
  id: "filter-external-id",
  title: "Find a user by externalId",
  endpoint: "/Users",
  attribute: "externalId",
  isSoft: true,
});

/** A provider may write a name in another case than the server holds it. */
export const userNameCase = filterCheck({
  id: "user-name-case",
  title: "userName in another case",
  endpoint: "/Users",
  attribute: "userName",
  spell: (value) => (value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()),
});

interface FilterRow {
  readonly id: string;
  readonly title: string;
  readonly endpoint: "/Users" | "/Groups";
  readonly attribute: string;
  readonly parameters?: string;
  readonly spell?: (value: string) => string;
  /** A failure only warns. */
  readonly isSoft?: boolean;
}

function filterCheck({
  id,
  title,
  endpoint,
  attribute,
  parameters = "",
  spell,
  isSoft = false,
}: FilterRow): Check {
  return check({
    id,
    group: "scim",
    title,
    needs: [...openScim],
    read: async (context): Promise<Found> => {
      const { send, readings } = serverOf(context);
      const first = listIn((await (endpoint === "/Users" ? readings.users : readings.groups)()).answer);
      const wanted = first.kind === "list" ? wantedIn(first.resources, attribute) : undefined;
      const value = wanted === undefined ? undefined : (spell?.(wanted.value) ?? wanted.value);
      if (wanted === undefined || value === undefined || (spell !== undefined && value === wanted.value)) {
        return { wanted: undefined, list: undefined, filter: "" };
      }
      const filter = `${attribute} eq ${JSON.stringify(value)}`;
      const answer = await send(get(`${endpoint}?${parameters}filter=${encodeURIComponent(filter)}`));
      return { wanted, list: listIn(answer), filter };
    },
    judge: (found) => judgeFilter(found, { endpoint, attribute, isSoft }),
  });
}

function wantedIn(resources: readonly JsonObject[], attribute: string): Found["wanted"] {
  return resources
    .map((resource) => ({ value: textAt(resource, attribute), id: textAt(resource, "id") }))
    .flatMap(({ value, id }) => (value === undefined || id === undefined ? [] : [{ value, id }]))[0];
}

function judgeFilter(
  { wanted, list, filter }: Found,
  {
    endpoint,
    attribute,
    isSoft,
  }: { readonly endpoint: string; readonly attribute: string; readonly isSoft: boolean },
): Verdict {
  if (wanted === undefined || list === undefined) {
    return unknown(
      `there is ${endpoint === "/Users" ? "no user" : "no Team"} with ${attribute === "externalId" ? "an" : "a"} ${attribute} to look for`,
    );
  }
  const what = faultOf(wanted.id, list);
  if (what === undefined) return pass("finds exactly one");
  return isSoft ? warning(`${filter}: ${what}`, advice) : fail(`${filter}: ${what}`, advice);
}

function faultOf(id: string, list: ListAnswer): string | undefined {
  if (list.kind === "wrong") return list.what;
  const ids = list.resources.map((resource) => textAt(resource, "id"));
  if (!ids.includes(id)) return ids.length === 0 ? "finds nothing" : "finds something else";
  return ids.length > 1 || list.totalResults > 1
    ? `finds ${Math.max(ids.length, list.totalResults)}, and should find one`
    : undefined;
}

interface MemberFound {
  readonly team: string | undefined;
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
    if (id === undefined || member === undefined) return { team: undefined, list: undefined };
    const filter = encodeURIComponent(`id eq ${JSON.stringify(id)} and members eq ${JSON.stringify(member)}`);
    const answer = await send(get(`/Groups?excludedAttributes=members&filter=${filter}`));
    return { team: id, list: listIn(answer) };
  },
  judge: ({ team, list }) => {
    if (team === undefined || list === undefined) return unknown("no Team on the first page shows a member");
    const what = faultOf(team, list);
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
