/** Runs a step of action.yml as GitHub's runner runs it: bash with its flags, the inputs, and the files of `GITHUB_…`. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { longEnoughMs } from "./long-enough.ts";
import { runProgram, type ProgramResult } from "./run-program.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string().optional() })),
  outputs: z.record(z.string(), z.object({ description: z.string(), value: z.string() })),
  runs: z.object({
    using: z.literal("composite"),
    steps: z.array(
      z.object({
        id: z.string().optional(),
        name: z.string().optional(),
        uses: z.string().optional(),
        shell: z.string().optional(),
        run: z.string().optional(),
        env: z.record(z.string(), z.string()).optional(),
      }),
    ),
  }),
});

export const action = actionSchema.parse(parse(readFileSync(join(repository, "action.yml"), "utf8")));

export interface StepResult extends ProgramResult {
  /** What the step wrote to `GITHUB_OUTPUT`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What it wrote to `GITHUB_STEP_SUMMARY`. */
  readonly summary: string;
}

/** In the folder as the workspace; the action is this clone, or one elsewhere. `path` is where programs are looked for. */
export async function runActionStep(
  name: string,
  inputs: Readonly<Record<string, string>>,
  workspace: string,
  actionPath = repository.replace(/\/$/, ""),
  path?: string,
): Promise<StepResult> {
  const step = action.runs.steps.find((one) => one.name === name);
  if (step?.run === undefined || step.shell !== "bash") throw new Error(`no bash step ${name}`);
  const runner = join(workspace, "..runner");
  await mkdir(runner, { recursive: true });
  const [script, output, summary] = [
    join(runner, "step.sh"),
    join(runner, "output"),
    join(runner, "summary"),
  ];
  await Promise.all([writeFile(script, step.run), writeFile(output, ""), writeFile(summary, "")]);
  const env = {
    ...Object.fromEntries(
      Object.entries(step.env ?? {}).map(([key, value]) => [key, evaluated(value, inputs)]),
    ),
    GITHUB_ACTION_PATH: actionPath,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: runner,
    ...(path === undefined ? {} : { PATH: path }),
  };
  const ran = await runProgram("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
    cwd: workspace,
    timeoutMs: longEnoughMs,
    env,
  });
  const lines = (await readFile(output, "utf8")).trim().split("\n");
  return {
    ...ran,
    outputs: Object.fromEntries(lines.map((line) => line.split("=", 2))) as Record<string, string>,
    summary: await readFile(summary, "utf8"),
  };
}

function evaluated(value: string, inputs: Readonly<Record<string, string>>): string {
  return value.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_all, name: string) => {
    const given = inputs[name] ?? action.inputs[name]?.default;
    if (given === undefined) throw new Error(`no input ${name}`);
    return given;
  });
}
