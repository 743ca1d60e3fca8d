/** Tables look as those of the astro CLI (astro-cli, pkg/printutil). */

import { expect, test } from "vitest";
import { gaps, tableLines } from "../../../src/report/organization/table.ts";

const columns = [
  { header: "ID", cell: ({ id }: { id: string; name: string | undefined }) => id },
  { header: "NAME", cell: ({ name }: { id: string; name: string | undefined }) => name },
  { header: "MANAGED", cell: () => true },
];

test("a space before each line, five between columns, nothing cut off", () => {
  const rows = [
    { id: "clma5ftgk000008mhgev00k7d", name: "Data Engineering" },
    { id: "c", name: "x" },
  ];
  expect(tableLines(columns, rows, gaps.list)).toEqual([
    " ID                            NAME                 MANAGED",
    " clma5ftgk000008mhgev00k7d     Data Engineering     true",
    " c                             x                    true",
  ]);
});

test("an empty list is the header alone", () => {
  expect(tableLines(columns, [], gaps.list)).toEqual([" ID     NAME     MANAGED"]);
});

test("what is not there is a dash, wide letters count twice, control characters are escaped", () => {
  const rows = [
    { id: "1", name: undefined },
    { id: "2", name: "" },
    { id: "3", name: "森 浩" },
    { id: "4", name: "a\u001B[2Jb" },
  ];
  expect(tableLines(columns, rows, gaps.list)).toEqual([
    " ID     NAME            MANAGED",
    " 1      -               true",
    " 2      -               true",
    " 3      森 浩           true",
    String.raw` 4      a\u{1b}[2Jb     true`,
  ]);
});
