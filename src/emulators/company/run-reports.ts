/** What the provider's engine reports, as events of the company. */

import type { Report } from "../../idp/run/events.ts";
import type { History } from "./history.ts";

/** A job belongs to the cycle that was begun last and has not ended. */
export function reportTo(history: History): Report {
  let cycle: number | undefined;
  return (event) => {
    if (event.kind === "cycle-started") cycle = event.number;
    if (event.kind === "cycle-finished") {
      cycle = undefined;
      history.happened({ kind: "cycle", report: event.report });
    }
    if (event.kind !== "job-finished" || event.report.outcome.kind === "interrupted") return;
    history.happened({ kind: "job", report: event.report, cycle });
  };
}
