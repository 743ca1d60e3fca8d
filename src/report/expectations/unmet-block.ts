/** An expectation that is not met, with what was expected and what came instead side by side. */

import type { ChalkInstance } from "chalk";
import type { UnmetExpectation } from "../../idp/run/unmet-expectation.ts";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { hanging, unbroken } from "../layout/hanging.ts";
import type { Style } from "../style.ts";
import { unmetSides, type UnmetRow, type UnmetSides } from "./unmet-sides.ts";

/** Lines of a file are as wide as those of a help text. */
const widthWithoutTerminal = 100;
/** On less than this the sides are below each other. */
const narrowest = 80;
const indent = " ".repeat(6);
const gap = "   ";

/** Lines without the first: what it is about is for the caller to say. */
export function unmetBlock(unmet: UnmetExpectation, style: Style): readonly string[] {
  const sides = withoutSecrets(unmetSides(unmet, style), style);
  const columns = style.columns ?? widthWithoutTerminal;
  const lines =
    columns < narrowest || sides.isLong === true || hasLongWords(sides, columnWidth(columns))
      ? oneBelowTheOther(sides, style)
      : sideBySide(sides, columns, style.paint);
  return [...lines, ...hintLines(sides, columns)];
}

function hintLines({ hint }: UnmetSides, columns: number): readonly string[] {
  return hint === undefined ? [] : hanging(indent, hint, { columns });
}

/** Of one of the two sides. */
function columnWidth(columns: number): number {
  return Math.floor((columns - indent.length - gap.length) / 2);
}

/** An id or a path that does not fit into half a line is not broken: it gets a whole one. */
function hasLongWords({ rows }: UnmetSides, most: number): boolean {
  return rows.some((row) =>
    [row.expected, row.got].some((text) => text.split(" ").some((word) => stringWidth(word) > most)),
  );
}

function wrapped(text: string, columns: number): readonly string[] {
  return wrapAnsi(text, columns).split("\n");
}

function withoutSecrets({ rows, hint, ...rest }: UnmetSides, { hide = String }: Style): UnmetSides {
  return {
    ...rest,
    ...(hint === undefined ? {} : { hint: hide(hint) }),
    rows: rows.map((row) => ({ ...row, expected: hide(row.expected), got: hide(row.got) })),
  };
}

function sideBySide(sides: UnmetSides, columns: number, paint: ChalkInstance): readonly string[] {
  const most = columnWidth(columns);
  const lines = sides.isPaired
    ? sides.rows.flatMap((row) =>
        beside(
          wrapped(row.mark === "not expected" ? "(not expected)" : row.expected, most),
          wrapped(row.mark === "missing" ? "(missing)" : row.got, most),
          row.mark !== undefined,
        ),
      )
    : beside(columnOf("expected", sides, most), columnOf("got", sides, most), false);
  const width = Math.max("expected".length, ...lines.map(({ left }) => stringWidth(left)));
  const line = (left: string, right: string): string =>
    `${indent}${left}${" ".repeat(width - stringWidth(left))}${gap}${right}`.trimEnd();
  return [
    paint.dim(line("expected", "got")),
    ...lines.map(({ left, right, isWrong }) => (isWrong ? paint.red : String)(line(left, right))),
  ];
}

interface Line {
  readonly left: string;
  readonly right: string;
  readonly isWrong: boolean;
}

function beside(left: readonly string[], right: readonly string[], isWrong: boolean): readonly Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
    left: left[index] ?? "",
    right: right[index] ?? "",
    isWrong,
  }));
}

function columnOf(side: "expected" | "got", { rows }: UnmetSides, columns: number): readonly string[] {
  return rows.flatMap((row) => (row[side] === "" ? [] : wrapped(row[side], columns)));
}

function oneBelowTheOther(
  { rows, none, isLong }: UnmetSides,
  { paint, columns }: Pick<Style, "paint" | "columns">,
): readonly string[] {
  const side = (name: "expected" | "got", mark: UnmetRow["mark"]): readonly string[] => {
    const items = rows.filter((row) => row[name] !== "");
    // Such an item is for copying into a fixture.
    const textOf = isLong === true ? unbroken : String;
    const shown = items.map((row) =>
      row.mark === mark ? paint.red(`${textOf(row[name])} (${mark})`) : textOf(row[name]),
    );
    return (shown.length === 0 ? [none] : shown).flatMap((text, index) => {
      const label = index === 0 ? name.padEnd("expected".length) : " ".repeat("expected".length);
      return hanging(`${indent}${paint.dim(label)}  `, text, { columns });
    });
  };
  return [...side("expected", "missing"), ...side("got", "not expected")];
}
