/** What `astro-scim fixture generate` does. */

import { formatBytes } from "../../ground/quantities.ts";
import { basename } from "node:path";
import { refuseExisting, writeNewFile, writeNewFiles } from "../../files/new-file.ts";
import { tableNameProblem } from "../../fixture/schema/table-file.ts";
import {
  generateFixture,
  generateWithTables,
  type GenerateOptions,
  type TableNames,
} from "../../fixture/generate/write.ts";
import { AppError } from "../../ground/errors.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import { plural } from "../../ground/plural.ts";
import { schemaInProject } from "../../assembly/files/editor-schema.ts";
import { isSmallEnough, maxFixtureBytes } from "../../assembly/files/fixture-file.ts";
import type { Io } from "../../world/io.ts";
import { streamStyle } from "../output/stream-style.ts";
import { nextLines } from "../../report/next-step.ts";
import { rehearse } from "../next/next-steps.ts";
import { quoted } from "../next/words.ts";

export interface GenerateFlags extends GenerateOptions {
  readonly out?: string;
  readonly force?: boolean;
}

/** More users than these are written into tables: as YAML they would take long to read. */
const mostInOneFile = 2_000;
/** A change of the timeline is longer on average, with what is expected afterwards. */
const leastBytesOfChange = 150;

/** Writes the file with its tables, or the text where no file is named; resolves to the exit status. */
export async function generate(io: Io, flags: GenerateFlags): Promise<number> {
  const { out, force = false, users, steps, churn } = flags;
  if ((steps * users * churn * leastBytesOfChange) / 100 > maxFixtureBytes) throw timelineTooLarge(flags);
  if (users > mostInOneFile) return generateTables(io, flags);
  if (out !== undefined) await refuseExisting(io, out, { force });
  const schema = out === undefined ? undefined : await schemaInProject(io, out);
  const text = readable(generateFixture(flags, schema), flags);
  if (out === undefined) io.stdout.write(text);
  else {
    await writeNewFile(io, out, text, { force });
    announce(io, out, { flags, beside: [] });
  }
  return exitStatus.ok;
}

async function generateTables(io: Io, flags: GenerateFlags): Promise<number> {
  const { out, force = false, users } = flags;
  if (out === undefined) {
    throw new AppError(
      "usage",
      `A company of ${plural(users, "user")} needs several files; nothing was written.`,
      {
        hint: `Add --out my-company.yaml, which also writes CSV files beside it; up to ${plural(mostInOneFile, "user")} are written to standard output.`,
      },
    );
  }
  const stem = out.replace(/\.ya?ml$/i, "");
  const names = tableNamesFor(basename(stem));
  const beside = (name: string): string => `${out.slice(0, out.length - basename(out).length)}${name}`;
  for (const file of [out, ...Object.values(names).map(beside)]) await refuseExisting(io, file, { force });
  const { text, tables } = generateWithTables(flags, names, await schemaInProject(io, out));
  readable(text, flags);
  const files = (["users", "groups", "memberships"] as const).flatMap((key) => {
    const table = tables[key];
    return table === undefined ? [] : [{ file: beside(names[key]), text: table }];
  });
  // The fixture comes last: it names files that are there.
  await writeNewFiles(io, [...files, { file: out, text }], { force });
  announce(io, out, { flags, beside: files.map(({ file }) => file) });
  return exitStatus.ok;
}

/** Named after the fixture, so that two companies can be in one folder. @throws AppError usage */
function tableNamesFor(stem: string): TableNames {
  const names = {
    users: `${stem}.people.csv`,
    groups: `${stem}.groups.csv`,
    memberships: `${stem}.memberships.csv`,
  };
  const problem = tableNameProblem(names.users);
  if (problem === undefined) return names;
  throw new AppError("usage", `${names.users}, the file for the users, ${problem}.`, {
    hint: "Choose another name with --out.",
  });
}

/** The text, where every command can read it. @throws AppError usage */
function readable(text: string, flags: GenerateFlags): string {
  if (isSmallEnough(text)) return text;
  throw timelineTooLarge(flags);
}

function timelineTooLarge({ steps, churn }: GenerateFlags): AppError {
  const most = formatBytes(maxFixtureBytes);
  return new AppError(
    "usage",
    `The timeline of ${plural(steps, "step")} with ${churn} % churn is too large: the YAML file may have ${most}.`,
    { hint: "Use fewer --steps or less --churn. Nothing was written." },
  );
}

function announce(
  io: Io,
  out: string,
  { flags, beside }: { readonly flags: GenerateFlags; readonly beside: readonly string[] },
): void {
  const { idp, users, groups, steps } = flags;
  const size = [plural(users, "user"), plural(groups, "group"), plural(steps, "step")].join(", ");
  const tables = beside.map((file) => `  with ${quoted(file)}\n`).join("");
  io.stdout.write(
    `Wrote ${quoted(out)}: ${size}.\n${tables}${nextLines(rehearse(idp, out), streamStyle(io, io.stdout, {})).join("\n")}\n`,
  );
}
