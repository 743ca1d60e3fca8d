/** A directory from the texts of its files. */

import type { ProvidedDirectory } from "../../directory/source.ts";
import { tablesAsFixture } from "../../fixture/read.ts";
import { AppError } from "../../ground/errors.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { assumedOf } from "./assumed.ts";
import { withKnownAttributes } from "./compared-attributes.ts";
import { gatherTables } from "./gather.ts";
import type { Idp, Part } from "./part.ts";
import { idpInHeader, readParts, type FileText } from "./read-part.ts";

export interface TablesOptions {
  /** The provider, where no file tells it. */
  readonly idp?: Idp | undefined;
  /** In a Current Assignments report of Okta's with several apps: Astro's, by its label or its name. */
  readonly app?: string | undefined;
}

/**
 * Reads the directory in pieces: each `yield` is a place where the reading may stop. The app is set up as Astro documents it.
 * @throws AppError source-incomplete, where a file is cut off or names somebody whom no file has; invalid-file, where one is wrong;
 * usage, where the files do not make a directory
 */
export function* directoryFromTables(
  files: readonly FileText[],
  options: TablesOptions,
): Generator<unknown, ProvidedDirectory> {
  const recognised = files.map((file) => ({ file, idp: idpInHeader(file) }));
  const idpOfHeaders = oneIdp(
    recognised.map(({ file, idp }) => ({ file: file.file, idp })),
    options.idp,
  );
  const parts: Part[] = [];
  // What is no CSV tells the provider by its entries, and the columns of a table depend on the provider.
  for (const file of files.toSorted(
    (one, other) => Number(one.format === "csv") - Number(other.format === "csv"),
  )) {
    const known = idpOfHeaders ?? parts.find((part) => part.idp !== undefined)?.idp;
    parts.push(...(yield* readParts(file, { idp: known, app: options.app })));
  }
  const idp = oneIdp(
    parts.map(({ table, idp: of }) => ({ file: table.file, idp: of })),
    options.idp,
  );
  if (idp === undefined) throw unknownProvider();
  const [first] = files;
  const whole = files.length === 1 && first !== undefined ? first.file : "The directory";
  const tables = gatherTables(parts, idp, whole);
  yield;
  const fixture = yield* tablesAsFixture(whole, idp, tables);
  const people = parts.filter(
    ({ kind, origin }) => kind === "users" && origin !== "okta-recent-unassignments",
  );
  const keys = new Set(people.flatMap((part) => [...part.keys]));
  const { app, notEvaluated } = withKnownAttributes(
    fixture.app,
    keys,
    nameList(people.map(({ table }) => table.file)),
  );
  return {
    directory: fixture.start,
    app,
    protect: [],
    remembered: undefined,
    notEvaluated,
    assumed: assumedOf(people, idp),
  };
}

interface RecognisedFile {
  readonly file: string;
  readonly idp: Idp | undefined;
}

/** @throws AppError usage, where two files are of different providers, or one is not of the provider that was given */
function oneIdp(files: readonly RecognisedFile[], given: Idp | undefined): Idp | undefined {
  const first = files.find(({ idp }) => idp !== undefined);
  const other = files.find(({ idp }) => idp !== undefined && idp !== (given ?? first?.idp));
  if (other !== undefined) throw twoProviders({ first, other, given });
  return given ?? first?.idp;
}

interface TwoProviders {
  readonly first: RecognisedFile | undefined;
  readonly other: RecognisedFile;
  readonly given: Idp | undefined;
}

function twoProviders({ first, other, given }: TwoProviders): AppError {
  const { file, idp = "okta" } = other;
  const message = `${file} is from ${wordOf[idp]}, but`;
  if (given !== undefined) {
    return new AppError("usage", `${message} the provider is ${wordOf[given]}.`, {
      hint: `Give the files of one provider, or name the other one: --idp ${idp}, simulate ${idp}.`,
    });
  }
  return new AppError("usage", `${message} ${first?.file ?? ""} is from ${wordOf[first?.idp ?? "okta"]}.`, {
    hint: "Give the files of one provider.",
  });
}

const wordOf: Readonly<Record<Idp, string>> = { okta: "Okta", entra: "Microsoft Entra ID" };

function unknownProvider(): AppError {
  return new AppError(
    "usage",
    "The files do not show whether the directory is from Okta or from Microsoft Entra ID.",
    {
      hint: "A file of users has the column email (Okta), mail or userPrincipalName (Entra ID).",
    },
  );
}
