/** An expectation that is not met, with what was expected and what came instead side by side. */

import type { ChalkInstance } from "chalk";
import type { UnmetExpectation } from "../../idp/run/unmet-expectation.ts";
import { displayWidth, wrapped } from "../../ground/display-width.ts";
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
  const sides = withoutSecrets(unmetSides(unmet), style);
  const columns = style.columns ?? widthWithoutTerminal;
  const lines =
    columns < narrowest || sides.isLong === true
      ? oneBelowTheOther(sides, style.paint)
      : sideBySide(sides, columns, style.paint);
  return [...lines, ...hintLines(sides, columns)];
}

function hintLines({ hint }: UnmetSides, columns: number): readonly string[] {
  if (hint === undefined) return [];
  return wrapped(hint, Math.max(columns - indent.length, narrowest / 2)).map((line) => `${indent}${line}`);
}

function withoutSecrets({ rows, hint, ...rest }: UnmetSides, { hide = String }: Style): UnmetSides {
  return {
    ...rest,
    ...(hint === undefined ? {} : { hint: hide(hint) }),
    rows: rows.map((row) => ({ ...row, expected: hide(row.expected), got: hide(row.got) })),
  };
}

function sideBySide(sides: UnmetSides, columns: number, paint: ChalkInstance): readonly string[] {
  const most = Math.floor((columns - indent.length - gap.length) / 2);
  const lines = sides.isPaired
    ? sides.rows.flatMap((row) =>
        beside(
          wrapped(row.mark === "not expected" ? "(not expected)" : row.expected, most),
          wrapped(row.mark === "missing" ? "(missing)" : row.got, most),
          row.mark !== undefined,
        ),
      )
    : beside(columnOf("expected", sides, most), columnOf("got", sides, most), false);
  const width = Math.max("expected".length, ...lines.map(({ left }) => displayWidth(left)));
  const line = (left: string, right: string): string =>
    `${indent}${left}${" ".repeat(width - displayWidth(left))}${gap}${right}`.trimEnd();
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

function oneBelowTheOther({ rows, none }: UnmetSides, paint: ChalkInstance): readonly string[] {
  const side = (name: "expected" | "got", mark: UnmetRow["mark"]): readonly string[] => {
    const items = rows.filter((row) => row[name] !== "");
    const shown = items.map((row) => (row.mark === mark ? paint.red(`${row[name]} (${mark})`) : row[name]));
    return (shown.length === 0 ? [none] : shown).map((text, index) => {
      const label = index === 0 ? name.padEnd("expected".length) : " ".repeat("expected".length);
      return `${indent}${paint.dim(label)}  ${text}`;
    });
  };
  return [...side("expected", "missing"), ...side("got", "not expected")];
}
