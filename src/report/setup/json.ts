/** A set-up sheet, and a live app compared with it, as JSON. */

import type { SetupAnswers } from "../../setup/answers.ts";
import type { CheckedLine } from "../../setup/compare.ts";
import type { SheetLine } from "../../setup/sheet.ts";
import type { SetupWarning } from "../../setup/warnings.ts";
import { checkSummary } from "./check-text.ts";
import type { SetupCheckReport, SetupReport } from "./report.ts";
import { warningWords } from "./warning-text.ts";

export function setupJson({ answers, sheet, warnings, next }: SetupReport): object {
  return {
    schemaVersion: 1,
    ...answersJson(answers),
    title: sheet.title,
    sections: sheet.sections.map(({ place, lines }) => ({ place, lines: lines.map(lineJson) })),
    warnings: warnings.map(warningJson),
    next: next?.command ?? null,
  };
}

export function setupCheckJson(report: SetupCheckReport): object {
  const { answers, title, appName, lines, warnings, directoryUnread } = report;
  return {
    schemaVersion: 1,
    ...answersJson(answers),
    title,
    app: appName,
    lines: lines.map(checkedJson),
    warnings: warnings.map(warningJson),
    directoryUnread: directoryUnread ?? null,
    summary: checkSummary(report),
  };
}

function answersJson({ idp, organizationId, ...others }: SetupAnswers): object {
  return { provider: idp, organizationId: organizationId ?? null, ...others };
}

/** Without what is for `--check` alone. */
function lineJson(line: SheetLine): object {
  const { setting, checkedAs: _checkedAs, ...shown } = { setting: undefined, checkedAs: undefined, ...line };
  return {
    ...shown,
    isChecked: setting !== undefined || line.kind === "mapping" || line.kind === "delete-mappings",
  };
}

function checkedJson({ id, label, place, verdict }: CheckedLine): object {
  const { kind, ...details } = verdict;
  return { id, label, place, verdict: kind, ...details };
}

function warningJson(warning: SetupWarning): object {
  return { ...warning, ...warningWords(warning) };
}
