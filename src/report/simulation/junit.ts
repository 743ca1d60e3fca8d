/** A rehearsal as JUnit XML for CI: one test case a step. */

import type { Style } from "../style.ts";
import { element, xmlDocument, type XmlElement } from "./xml.ts";
import { simulationCases, type RehearsalCase, type Verdict } from "./cases.ts";
import type { SimulationReport } from "./report.ts";

/** In the form that Jenkins, GitLab and GitHub's actions read; `error` is what is unknown. */
export function simulationJunit(report: SimulationReport, style: Style): string {
  const { result, timesMs } = report;
  const { fixture, requests } = result;
  const name = `astro-scim simulate ${fixture.app.idp}`;
  const cases = simulationCases(result, style);
  const totals = {
    tests: cases.length,
    failures: count(cases, "failed"),
    errors: count(cases, "unknown"),
    skipped: count(cases, "skipped"),
    time: seconds(timesMs.reduce((sum, ms) => sum + ms, 0)),
  };
  const properties = {
    provider: fixture.app.idp,
    integration: fixture.app.integration,
    target: report.target ?? "in-process",
    requests: String(requests),
    status: report.status,
  };
  return xmlDocument(
    element("testsuites", { name, ...totals }, [
      element("testsuite", { name: fixture.file, ...totals, timestamp: timestamp(result.startedAt) }, [
        element(
          "properties",
          {},
          Object.entries(properties).map(([key, value]) => element("property", { name: key, value })),
        ),
        ...cases.map((one, index) => caseElement(one, fixture.file, timesMs[index] ?? 0)),
      ]),
    ]),
  );
}

function count(cases: readonly RehearsalCase[], kind: Verdict["kind"]): number {
  return cases.filter(({ verdict }) => verdict.kind === kind).length;
}

function caseElement({ name, verdict, log, at }: RehearsalCase, file: string, timeMs: number): XmlElement {
  const when = at === undefined ? [] : [`${at.toISOString()} (simulated)`];
  const said = [...when, ...log.filter((line) => line !== "")];
  return element("testcase", { name, classname: classNameOf(file), file, time: seconds(timeMs) }, [
    ...verdictElements(verdict),
    ...(said.length === 0 ? [] : [element("system-out", {}, [`${said.join("\n")}\n`])]),
  ]);
}

function verdictElements(verdict: Verdict): readonly XmlElement[] {
  if (verdict.kind === "passed") return [];
  const { message, lines } = verdict;
  const text = lines.length === 0 ? [] : [`${lines.join("\n")}\n`];
  switch (verdict.kind) {
    case "failed":
      return [element("failure", { type: "expectation", message }, text)];
    case "unknown":
      return [element("error", { type: "not-checked", message }, text)];
    case "skipped":
      return [element("skipped", { message })];
  }
}

/** `fixtures/okta-small.yaml` is `fixtures.okta-small`: dots make the packages of a report. */
function classNameOf(file: string): string {
  return file
    .replace(/\.ya?ml$/i, "")
    .split(/[/\\]/)
    .filter((part) => !/^\.*$/.test(part))
    .join(".");
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** As JUnit has it: without fractions and without a zone. */
function timestamp(at: Date): string {
  return at.toISOString().slice(0, 19);
}
