/** What `setup` reports: the sheet, or a live app compared with it. */

import type { SetupAnswers } from "../../setup/answers.ts";
import type { CheckedLine } from "../../setup/compare.ts";
import type { Sheet } from "../../setup/sheet.ts";
import type { SetupWarning } from "../../setup/warnings.ts";
import type { NextStep } from "../next-step.ts";

export interface SetupReport {
  readonly answers: SetupAnswers;
  readonly sheet: Sheet;
  readonly warnings: readonly SetupWarning[];
  readonly next: NextStep | undefined;
}

export interface SetupCheckReport {
  readonly answers: SetupAnswers;
  readonly title: string;
  /** As the provider names the app. */
  readonly appName: string;
  readonly lines: readonly CheckedLine[];
  readonly warnings: readonly SetupWarning[];
  /** Why people and groups were not looked at; undefined where they were. */
  readonly directoryUnread: string | undefined;
}
