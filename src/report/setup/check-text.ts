/** A live app compared with the sheet, for people at a terminal. */

import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import type { CheckedLine } from "../../setup/compare.ts";
import { hanging } from "../layout/hanging.ts";
import { rowLines, type Row, type RowSign } from "../layout/rows.ts";
import type { Style } from "../style.ts";
import type { SetupCheckReport } from "./report.ts";
import { scopeWords, warningLines } from "./text.ts";

export function setupCheckText(report: SetupCheckReport, style: Style): string {
  const { answers, title, appName, lines, warnings } = report;
  const places = [...new Set(lines.map(({ place }) => place))];
  const text = [
    style.paint.bold(printable(`The app ${appName} against the sheet: ${title}, ${scopeWords(answers)}`)),
    ...places.flatMap((place) => [
      "",
      style.paint.bold(printable(place)),
      ...rowLines(lines.filter((line) => line.place === place).map(rowOf), style),
    ]),
    ...warningLines(warnings, style),
    "",
    ...hanging("", checkSummary(report), style),
  ];
  return `${text.join("\n")}\n`;
}

const signs = { right: "✓", different: "✗", "cannot-be-read": "?" } as const satisfies Readonly<
  Record<CheckedLine["verdict"]["kind"], RowSign>
>;

function rowOf({ label, verdict }: CheckedLine): Row {
  const row = { sign: signs[verdict.kind], name: "" };
  switch (verdict.kind) {
    case "right":
      return { ...row, text: printable(label) };
    case "different":
      return {
        ...row,
        text: printable(label),
        details: [
          { label: "is", text: printable(verdict.is) },
          { label: "should be", text: printable(verdict.shouldBe) },
        ],
      };
    case "cannot-be-read":
      return { ...row, text: printable(`${label}  cannot be read: ${verdict.why}`) };
    default:
      return verdict satisfies never;
  }
}

/** One or two sentences: whether all is right as far as it can be read. */
export function checkSummary({ lines, warnings, directoryUnread }: SetupCheckReport): string {
  const count = (kind: CheckedLine["verdict"]["kind"]): number =>
    lines.filter(({ verdict }) => verdict.kind === kind).length;
  const [right, different, unread] = [count("right"), count("different"), count("cannot-be-read")];
  const found = [
    ...(different === 0 ? [] : [`${plural(different, "line")} different from the sheet`]),
    ...(warnings.length === 0
      ? []
      : [`${plural(warnings.length, "mistake")} of a kind that is known to fail`]),
  ];
  const verdict =
    found.length === 0
      ? `${plural(right, "line")} right, none different.`
      : `${found.join(", ")}; ${plural(right, "line")} right.`;
  return [
    verdict,
    ...(unread === 0 ? [] : [`${plural(unread, "line")} cannot be read: compare with the console.`]),
    ...(directoryUnread === undefined
      ? []
      : [printable(`People and groups were not looked at: ${directoryUnread}`)]),
  ].join(" ");
}
