/** Whether lists can be read page by page. */

import { plural } from "../../ground/text/plural.ts";
import { check, fail, pass, unknown, warning, type Verdict } from "../check.ts";
import { get } from "../readings.ts";
import { serverOf } from "../reach/scim-endpoint.ts";
import { openScim } from "./discovery.ts";
import { listIn, textAt, type ListAnswer } from "./list-answer.ts";

interface Pages {
  readonly endpoint: "/Users" | "/Groups";
  readonly first: ListAnswer;
  readonly second: ListAnswer;
  /** By the total of the first page; undefined where it is among the others. */
  readonly last: ListAnswer | undefined;
  /** Where nothing can be any more. */
  readonly past: ListAnswer;
}

export const paging = check({
  id: "paging",
  group: "scim",
  title: "Paging",
  needs: [...openScim],
  read: async (context) => {
    const { send } = serverOf(context);
    const read: Pages[] = [];
    for (const endpoint of ["/Users", "/Groups"] as const) {
      const page = async (startIndex: number): Promise<ListAnswer> =>
        listIn(await send(get(`${endpoint}?startIndex=${startIndex}&count=1`)));
      const first = await page(1);
      const total = first.kind === "list" ? first.totalResults : 0;
      const second = await page(2);
      const last = total > 2 ? await page(total) : undefined;
      read.push({ endpoint, first, second, last, past: await page(total + 100) });
    }
    return read;
  },
  judge: judgePaging,
});

const advice = "Tell the operator of the server: what is beyond the first page cannot be read.";

function judgePaging(read: readonly Pages[]): Verdict {
  const wrong = read.flatMap((pages) => faultsOf(pages).map((fault) => `${pages.endpoint}: ${fault}`));
  if (wrong.length > 0) return fail(wrong.join("; "), advice);
  const echoed = read.filter(({ past }) => past.kind === "list" && past.itemsPerPage === 1);
  if (echoed.length > 0) {
    return warning(
      `${echoed.map(({ endpoint }) => endpoint).join(" and ")}: itemsPerPage is the requested count on an empty page`,
      "Okta's own tests refuse such an app; provisioning does not read it.",
    );
  }
  const totalOf = (endpoint: Pages["endpoint"]): number => {
    const first = read.find((pages) => pages.endpoint === endpoint)?.first;
    return first?.kind === "list" ? first.totalResults : 0;
  };
  const totals = { users: totalOf("/Users"), teams: totalOf("/Groups") };
  return Object.values(totals).every((total) => total < 2)
    ? unknown("there are fewer than two users and fewer than two Teams")
    : pass(`${plural(totals.users, "user")} and ${plural(totals.teams, "Team")}`, totals);
}

function faultsOf(pages: Pages): readonly string[] {
  const { first, second, last, past } = pages;
  if (first.kind === "wrong") return [first.what];
  if (second.kind === "wrong") return [`startIndex=2: ${second.what}`];
  if (last?.kind === "wrong") return [`startIndex=${first.totalResults}: ${last.what}`];
  if (past.kind === "wrong") return [`past the end: ${past.what}`];
  return [...faultsOfStart(first, second), ...faultsOfEnd({ first, second, last, past })];
}

type List = Extract<ListAnswer, { readonly kind: "list" }>;
type Fault = readonly [isSo: boolean, what: string];

const firstId = (list: List | undefined): string | undefined => textAt(list?.resources[0], "id");

function faultsOfStart(first: List, second: List): readonly string[] {
  const total = first.totalResults;
  const came = first.resources.length;
  const [one, two] = [firstId(first), firstId(second)];
  const faults: readonly Fault[] = [
    [came > 1, `count=1 is ignored: ${came} came`],
    [total < came, `totalResults is ${total}, and ${came} came`],
    [total > 0 && one === undefined, "the first page is empty"],
    [total > 1 && two === undefined, "the second page is empty"],
    [two !== undefined && one === two, "startIndex is ignored"],
    [total === 1 && two !== undefined && one !== two, "totalResults is the size of the page"],
  ];
  return found(faults);
}

function faultsOfEnd({
  first,
  second,
  last,
  past,
}: Readonly<Record<"first" | "second" | "past", List>> & {
  readonly last: List | undefined;
}): readonly string[] {
  const total = first.totalResults;
  const end = firstId(last);
  // With another total somebody was made or deleted in between.
  const isSteady = last?.totalResults === total;
  const isRepeated = end !== undefined && [firstId(first), firstId(second)].includes(end);
  const faults: readonly Fault[] = [
    [isSteady && end === undefined, `totalResults is ${total}, and the last page is empty`],
    [isSteady && isRepeated, "the last page repeats another"],
    [past.resources.length > 0, "there is something past the end"],
  ];
  return found(faults);
}

function found(faults: readonly Fault[]): readonly string[] {
  return faults.filter(([isSo]) => isSo).map(([, what]) => what);
}
