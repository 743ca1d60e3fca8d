/** A list in a report: a row for each person, Team or thing, with details below it, in aligned columns. */

import stringWidth from "string-width";
import type { Style } from "../style.ts";
import { hanging, padded } from "./hanging.ts";

/** What the sign of a row means is always in its words, too: colours and signs only help to find it. */
export type RowSign = "+" | "-" | "~" | "=" | "?" | "!" | "·" | "✗" | "✓";

export interface Row {
  readonly sign: RowSign;
  /** Empty where the text says whom it is about. */
  readonly name: string;
  readonly text: string;
  readonly details?: readonly RowDetail[];
}

/** A line below a row. */
export interface RowDetail {
  /** Empty where there is none. */
  readonly label: string;
  readonly text: string;
}

const colours = {
  "+": "green",
  "-": "red",
  "~": "yellow",
  "=": "cyan",
  "?": "yellow",
  "!": "yellow",
  "·": "dim",
  "✗": "red",
  "✓": "green",
} as const satisfies Readonly<Record<RowSign, string>>;

export function paintedSign(sign: RowSign, { paint }: Pick<Style, "paint">): string {
  return paint[colours[sign]](sign);
}

/** A longer name pushes its text to the right. */
const widestName = 40;

/** Names, labels and texts are safe for a terminal already. */
export function rowLines(rows: readonly Row[], style: Style): readonly string[] {
  const nameWidth = columnWidth(
    rows.map(({ name }) => name),
    style,
  );
  const labelWidth = columnWidth(
    rows.flatMap(({ details = [] }) => details.map(({ label }) => label)),
    style,
  );
  return rows.flatMap(({ sign, name, text, details = [] }) => {
    const head = `  ${paintedSign(sign, style)} ${name}`;
    const column = name === "" ? head : `${padded(head, nameWidth + 4)}  `;
    return [
      ...(text === "" ? [head] : hanging(column, text, style)),
      ...details.flatMap((detail) => detailLines(detail, labelWidth, style)),
    ];
  });
}

function detailLines({ label, text }: RowDetail, labelWidth: number, style: Style): readonly string[] {
  const head = label === "" ? "      " : `      ${padded(label, labelWidth)}  `;
  return hanging(head, text, style);
}

/** As wide as the widest of them that is not too wide. */
function columnWidth(texts: readonly string[], { columns = Infinity }: Pick<Style, "columns">): number {
  const most = Math.min(widestName, Math.floor(columns / 2) - 6);
  return texts.reduce((widest, text) => {
    const width = stringWidth(text);
    return width <= most ? Math.max(widest, width) : widest;
  }, 0);
}
