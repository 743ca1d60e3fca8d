/** Ctrl-C at every single request of a repair: nothing wrong is written, and the report says what was done and what was not. */

import { describe, expect, test } from "vitest";
import { z } from "zod";
import { driftedCompany } from "../support/drifted-company.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const reportShape = z.object({
  operations: z.array(
    z.object({ id: z.string(), outcome: z.object({ status: z.string() }).nullable().optional() }),
  ),
});

interface Interrupted {
  readonly status: number;
  /** False where the run ended before so many requests. */
  readonly happened: boolean;
  readonly writes: number;
  /** How the operations ended; undefined where there was no plan yet. */
  readonly ended: readonly string[] | undefined;
  readonly stderr: string;
}

async function interruptedAt(number: number, words: readonly string[]): Promise<Interrupted> {
  const cwd = await tempFolder({ "own.yaml": driftedCompany });
  const io = fakeIo({ cwd });
  let happened = false;
  const astro = await startWatchedAstro({
    fixture: driftedCompany,
    before: (passing) => {
      if (passing.number !== number) return undefined;
      happened = true;
      io.interrupt();
      return undefined;
    },
  });
  const argv = [...words, "--yes", "--from", "own.yaml", "--json", ...astro.target];
  const { status, stdout, stderr } = await runCommand(argv, { io });
  const writes = astro.writes().length;
  await astro.stop();
  const report = reportShape.safeParse(stdout === "" ? undefined : JSON.parse(stdout));
  const ended = report.data?.operations.map(({ outcome }) => outcome?.status ?? "none");
  return { status, happened, writes, ended, stderr };
}

describe.each([
  ["push-group", "--all"],
  ["resync", "--all"],
  ["delete", "--all"],
])("%s %s", (...words) => {
  test("130 and what was not done, or 0 where everything was", async () => {
    for (let number = 1; ; number += 1) {
      const { status, happened, writes, ended, stderr } = await interruptedAt(number, words);
      expect(stderr).not.toContain("internal error in astro-scim");
      if (!happened) break;
      const isAllDone = ended !== undefined && ended.length > 0 && ended.every((one) => one === "done");
      expect({ number, status }).toEqual({ number, status: isAllDone ? 0 : 130 });
      // Each operation of this plan is one write: as many are said to be done as were sent.
      expect({ number, done: (ended ?? []).filter((one) => one === "done").length }).toEqual({
        number,
        done: writes,
      });
    }
  });
});
