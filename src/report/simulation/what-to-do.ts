/** What to do about a rehearsal that did not go as expected: for each kind of fault what helps, and how to see more. */

import { hostIsAstros } from "../../astro/address.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { printable } from "../../ground/text/printable.ts";
import { shellWord } from "../../ground/text/shell-word.ts";
import { differencesAtEnd, harmIn } from "../../simulation/what-fails.ts";
import { quarantineAtEnd } from "../../simulation/quarantine.ts";
import { adviceFor } from "../drift/what-to-do.ts";
import type { Advice } from "../layout/advice.ts";
import { codesOf } from "../narrative/observation-lines.ts";
import type { SimulationReport } from "./report.ts";

/** None where nothing failed, or the run was interrupted. */
export function simulationAdvice(report: SimulationReport): readonly Advice[] {
  if (report.status !== "failed" && report.status !== "unknown") return [];
  return [
    ...unmetSteps(report),
    ...unmetAtEnd(report),
    ...harm(report),
    ...tasks(report),
    ...quarantine(report),
    ...comparison(report),
  ];
}

/** The steps are in the section above; their requests show what the provider sent, and what it was answered. */
function unmetSteps({ result, again }: SimulationReport): readonly Advice[] {
  const steps = result.steps.filter(({ unmet = [] }) => unmet.length > 0);
  const [first] = steps;
  if (first === undefined) return [];
  const which = steps.length === 1 ? `step ${first.number}` : `${formatCount(steps.length)} steps`;
  return [
    {
      what: "expectation not met",
      how: `if what came is right, change expect of ${which} in the fixture; if not, look at the requests of the step`,
      ...(again === undefined ? {} : { see: `${again} --step ${first.number} --bodies` }),
    },
  ];
}

function unmetAtEnd({ result }: SimulationReport): readonly Advice[] {
  if ((result.unmet ?? []).length === 0) return [];
  const how = "if what came is right, change expect of the whole fixture; if not, look at the steps above";
  return [{ what: "not as expected at the end", how }];
}

function harm({ result }: SimulationReport): readonly Advice[] {
  const harmful = harmIn(result);
  if (harmful.length === 0) return [];
  const how = `correct these answers of the server; or accept them in the fixture: expect: { observations: [${codesOf(harmful).join(", ")}] }`;
  return [{ what: "harmful answer", how }];
}

function tasks({ result, again }: SimulationReport): readonly Advice[] {
  const { openTasks, words } = result;
  const [first] = openTasks;
  if (first === undefined) return [];
  const retried = first.subject.kind === "user" ? words.inConsole.user : words.inConsole.team;
  return [
    {
      what: `${words.task} failed`,
      how: `remove the cause that the server names, then retry as described above; or ${retried}`,
      ...(again === undefined
        ? {}
        : { see: `${again} --only ${printable(shellWord(first.subject.name))} --bodies` }),
    },
  ];
}

function quarantine({ result }: SimulationReport): readonly Advice[] {
  if (quarantineAtEnd(result) === undefined) return [];
  return [{ what: "in quarantine", how: `remove the cause, then ${result.words.inConsole.team}` }];
}

/** Our commands repair a server; what ran in the process is gone. */
function comparison({ result, target, commandFor }: SimulationReport): readonly Advice[] {
  if (result.comparison.kind === "not-compared") {
    const how = `${printable(result.comparison.reason.replace(/\.$/, ""))}; compare again once the server can be read`;
    return [{ what: "not compared", how }];
  }
  const { drift } = result.comparison;
  if (drift.status !== "unknown" && differencesAtEnd(result) === 0) return [];
  const hasAstroConsole = target === null || hostIsAstros(target);
  const advice = adviceFor(drift, { words: result.words, hasAstroConsole, commandFor });
  return target === null ? advice.map(({ what, how }) => ({ what, how })) : advice;
}
