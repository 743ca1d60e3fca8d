/** What `astro-scim fixture export` does: a directory, live or in tables, becomes a fixture. */

import { basename } from "node:path";
import { schemaInProject } from "../../assembly/files/editor-schema.ts";
import { isSmallEnough, loadFixture } from "../../assembly/files/fixture-file.ts";
import { companyOfDirectory } from "../../assembly/sources/company-of-directory.ts";
import type { NotEvaluated } from "../../directory/provider-finding.ts";
import { refuseExisting, writeNewFiles, type NewFile } from "../../files/new-file.ts";
import { tableNameProblem } from "../../fixture/schema/table-file.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { readFixture } from "../../fixture/read.ts";
import {
  fixtureText,
  fixtureWithTables,
  tableKeys,
  type TableFiles,
  type WrittenOptions,
} from "../../fixture/write/fixture-text.ts";
import { lostInWriting } from "../../fixture/write/read-back.ts";
import { AppError } from "../../ground/errors.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import { providers } from "../../idp/providers.ts";
import { nextLines } from "../../report/next-step.ts";
import type { Io } from "../../world/io.ts";
import { anonymized, type Anonymized } from "../export/anonymized.ts";
import type { SourceConnectionFlags } from "../flags/directory-options.ts";
import { rehearse } from "../next/next-steps.ts";
import { quoted } from "../next/words.ts";
import { streamStyle } from "../output/stream-style.ts";
import { directoryToRead } from "../source/named-directory.ts";
import { withSource, type WithSource } from "../source/with-source.ts";

export interface ExportFlags extends SourceConnectionFlags {
  readonly out?: string;
  readonly force?: boolean;
  readonly anonymize?: boolean;
  readonly seed?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** More users than these are written into tables: as YAML they would take long to read. */
const mostInOneFile = 2_000;

/** Writes the file with its tables, or the text where no file is named; resolves to the exit status. */
export async function exportFixture(io: Io, flags: ExportFlags): Promise<number> {
  const { out, force = false } = flags;
  if (flags.seed !== undefined && flags.anonymize !== true) {
    throw new AppError("usage", "--seed needs --anonymize.");
  }
  const files = out === undefined ? [] : filesOf(out);
  if (out !== undefined) await refuseExisting(io, out, { force });
  const name = await directoryToRead(io, flags);
  const writes = files.map((file) => ({ use: "--out", file }));
  return withSource(io, { flags, name, writes }, async (given) => {
    const { source, signal, output } = given;
    output.progress.update(`reading ${source.name}`);
    const provided = await source.read(undefined, signal);
    output.progress.stop();
    const read = companyOfDirectory(provided, source.name);
    const made = flags.anonymize === true ? anonymized(io, read, flags.seed) : plain(read);
    for (const one of provided.notEvaluated ?? []) output.say(printable(aboutMapping(one)));
    return write(given, made, flags);
  });
}

/** A fixture's mappings of Okta have no push status: each of them is always pushed. */
function aboutMapping({ attribute, expression, why, onlyAtCreation }: NotEvaluated): string {
  const mapping = `the mapping of ${attribute} (${expression})`;
  return onlyAtCreation === true
    ? `Exported as one that is always pushed: ${mapping}, though ${why}.`
    : `Not exported: ${mapping}, because ${why}.`;
}

function plain(company: Fixture): Anonymized {
  return { company, about: [], notes: [] };
}

async function write(
  { io, output }: WithSource,
  { company, about, notes }: Anonymized,
  { out, force = false }: ExportFlags,
): Promise<number> {
  const { users, groups } = company.start;
  const size = `${plural(users.size, "user")} and ${plural(groups.size, "group")}`;
  const provider = providers[company.app.idp].words.name;
  const lines = [`${provider} directory with ${size}, from astro-scim fixture export`, ...about];
  if (out === undefined) {
    const text = fixtureText(company, { about: lines, schema: undefined });
    requireOneFile(users.size, text);
    requireSame(company, readFixture("the export", text));
    for (const note of notes) output.say(note);
    io.stdout.write(text);
    return exitStatus.ok;
  }
  const schema = await schemaInProject(io, out);
  const written = writtenFiles(company, out, { about: lines, schema });
  const [only, ...others] = written;
  if (only !== undefined && others.length === 0) requireSame(company, readFixture(out, only.text));
  await writeNewFiles(io, written, { force });
  if (others.length > 0) requireSame(company, await loadFixture(io, out));
  for (const note of notes) output.say(note);
  const beside = written.slice(0, -1).map(({ file }) => `  with ${quoted(file)}\n`);
  const next = nextLines(rehearse(company.app.idp, out), streamStyle(io, io.stdout, {}));
  io.stdout.write(`Wrote ${quoted(out)}: ${size}.\n${beside.join("")}${next.join("\n")}\n`);
  return exitStatus.ok;
}

/** The fixture comes last: it names files that are there. */
function writtenFiles(company: Fixture, out: string, options: WrittenOptions): readonly NewFile[] {
  if (company.start.users.size <= mostInOneFile) {
    const text = fixtureText(company, options);
    if (isSmallEnough(text)) return [{ file: out, text }];
  }
  const names = tableNames(out);
  const { text, tables } = fixtureWithTables(company, names, options);
  const beside = tableKeys.flatMap((key) => {
    const table = tables[key];
    return table === undefined ? [] : [{ file: besideFile(out, names[key]), text: table }];
  });
  return [...beside, { file: out, text }];
}

/** The fixture and the tables that it may need. @throws AppError usage */
function filesOf(out: string): readonly string[] {
  const names = tableNames(out);
  const problem = tableNameProblem(names.users);
  if (problem !== undefined) {
    throw new AppError("usage", `${names.users}, the file for the users, ${problem}.`, {
      hint: "Choose another name with --out.",
    });
  }
  return [out, ...tableKeys.map((key) => besideFile(out, names[key]))];
}

/** Named after the fixture, so that two companies can be in one folder. */
function tableNames(out: string): TableFiles {
  const stem = basename(out).replace(/\.ya?ml$/i, "");
  return {
    users: `${stem}.users.ndjson`,
    groups: `${stem}.groups.ndjson`,
    memberships: `${stem}.memberships.ndjson`,
  };
}

function besideFile(out: string, name: string): string {
  return `${out.slice(0, out.length - basename(out).length)}${name}`;
}

/** @throws AppError usage */
function requireOneFile(users: number, text: string): void {
  if (users <= mostInOneFile && isSmallEnough(text)) return;
  throw new AppError("usage", `A directory of ${plural(users, "user")} needs several files.`, {
    hint: "Add --out company.yaml, which also writes NDJSON files beside it.",
  });
}

/** A fixture that says less than the directory would be rehearsed as if it were the whole. @throws AppError failed */
function requireSame(company: Fixture, read: Fixture): void {
  const lost = lostInWriting(company, read);
  if (lost === undefined) return;
  throw new AppError(
    "failed",
    printable(`A fixture cannot hold all of this directory: ${lost} would not be the same.`),
    {
      hint: "Please report this, with the kind of value that it has.",
    },
  );
}
