/** Checks as JUnit XML: one test case each, named by its id. */

import type { CheckResult } from "../../check/check.ts";
import { printable } from "../../ground/text/printable.ts";
import { element, xmlDocument, type XmlElement } from "../simulation/xml.ts";
import { adviceIn, resultText, type CheckReport } from "./report.ts";

/** A warning passes; what cannot be told, does not apply or was skipped is `skipped`. */
export function checkJunit(report: CheckReport): string {
  const { target, results, durationMs, startedAt } = report;
  const totals = {
    tests: results.length,
    failures: results.filter(({ verdict }) => verdict.kind === "fail").length,
    errors: 0,
    skipped: results.filter(isSkipped).length,
    time: seconds(durationMs),
  };
  const suite = { name: target ?? "no target", ...totals, timestamp: startedAt.toISOString().slice(0, 19) };
  return xmlDocument(
    element("testsuites", { name: "astro-scim check", ...totals }, [
      element("testsuite", suite, results.map(caseElement)),
    ]),
  );
}

function isSkipped({ verdict }: CheckResult): boolean {
  return verdict.kind === "unknown" || verdict.kind === "not-applicable" || verdict.kind === "skipped";
}

function caseElement(result: CheckResult): XmlElement {
  const { id, group, durationMs } = result;
  const attributes = { name: id, classname: `astro-scim.check.${group}`, time: seconds(durationMs) };
  return element("testcase", attributes, outcome(result));
}

function outcome(result: CheckResult): readonly XmlElement[] {
  const message = printable(resultText(result));
  const given = adviceIn(result);
  const advice = given === undefined ? undefined : printable(given);
  if (result.verdict.kind === "fail") {
    return [element("failure", { type: "check", message }, advice === undefined ? [] : [`${advice}\n`])];
  }
  if (isSkipped(result)) return [element("skipped", { message })];
  const lines = advice === undefined ? [message] : [message, advice];
  return [element("system-out", {}, [`${lines.join("\n")}\n`])];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
