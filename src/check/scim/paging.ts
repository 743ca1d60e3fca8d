/** Whether lists can be read page by page. */

import { plural } from "../../ground/plural.ts";
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

function faultsOf({ first, second, last, past }: Pages): readonly string[] {
  if (first.kind === "wrong") return [first.what];
  if (second.kind === "wrong") return [`startIndex=2: ${second.what}`];
  if (last?.kind === "wrong") return [`startIndex=${first.totalResults}: ${last.what}`];
  if (past.kind === "wrong") return [`past the end: ${past.what}`];
  const total = first.totalResults;
  const [one, two] = [textAt(first.resources[0], "id"), textAt(second.resources[0], "id")];
  const [end] = last?.resources ?? [];
  // Otherwise somebody was deleted in between.
  const isSteady = last?.totalResults === total;
  const faults: readonly (readonly [isSo: boolean, what: string])[] = [
    [first.resources.length > 1, `count=1 is ignored: ${first.resources.length} came`],
    [total > 0 && one === undefined, "the first page is empty"],
    [total > 1 && two === undefined, "the second page is empty"],
    [total < first.resources.length, `totalResults is ${total}, and ${first.resources.length} came`],
    [
      two !== undefined && (one === two || (isSteady && [one, two].includes(textAt(end, "id")))),
      "startIndex is ignored",
    ],
    [isSteady && end === undefined, `totalResults is ${total}, and the last page is empty`],
    [total === 1 && two !== undefined && one !== two, "totalResults is the size of the page"],
    [past.resources.length > 0, "there is something past the end"],
  ];
  return faults.filter(([isSo]) => isSo).map(([, what]) => what);
}
