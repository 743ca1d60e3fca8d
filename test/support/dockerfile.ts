/** The instructions of the repository's Dockerfile, stage by stage. */

import { readFileSync } from "node:fs";

export interface Instruction {
  readonly name: string;
  /** What stands behind the name; lines that are continued are one. */
  readonly rest: string;
}

/** One stage, from its FROM on. */
export type Stage = readonly Instruction[];

export function readDockerfile(): readonly Stage[] {
  const text = readFileSync(new URL("../../Dockerfile", import.meta.url), "utf8");
  const instructions = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): Instruction => {
      const [name = "", ...words] = line.trim().split(/\s+/);
      return { name, rest: words.join(" ") };
    });
  const stages: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.name === "FROM") stages.push([]);
    stages.at(-1)?.push(instruction);
  }
  return stages;
}

/** What stands behind each instruction of that name. */
export function restsOf(stage: Stage, name: string): readonly string[] {
  return stage.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
}

/** Sources and target of the files that a stage copies out of the clone, not out of another stage. */
export function copiedByStage(
  stage: Stage,
): readonly (readonly [sources: readonly string[], target: string])[] {
  return restsOf(stage, "COPY")
    .filter((rest) => !rest.startsWith("--from="))
    .map((rest) => {
      const words = rest.split(" ");
      return [words.slice(0, -1), words.at(-1) ?? ""];
    });
}

/** The words of an instruction in its exec form; throws where it is in another. */
export function execForm(rest: string): readonly string[] {
  const words: unknown = JSON.parse(rest);
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  throw new Error(`not in exec form: ${rest}`);
}
