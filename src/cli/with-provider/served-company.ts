/** What `serve` starts with: nothing, a fixture, a directory as it is now, or the shipped company of an emulated provider. */

import { companyOfDirectory } from "../../assembly/sources/company-of-directory.ts";
import { loadFixture, shippedFixture } from "../../assembly/files/fixture-file.ts";
import { sourceText, type SourceName } from "../../assembly/sources/source-name.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { AppError } from "../../ground/errors.ts";
import { providers } from "../../idp/providers.ts";
import { findProfile } from "../../target/profile/find-profile.ts";
import type { Io } from "../../world/io.ts";
import type { SourceConnectionFlags } from "../flags/directory-options.ts";
import { whileReading } from "../output/reading.ts";
import { directoryOfProfile, namedDirectory } from "../source/named-directory.ts";
import { withSource } from "../source/with-source.ts";

export interface ServedFlags extends Omit<SourceConnectionFlags, "at" | "state"> {
  readonly provisioned?: boolean;
  readonly with?: AppSettings["idp"];
  readonly cycle?: string;
  readonly withoutPermission?: readonly string[];
  readonly quiet?: boolean;
}

/** @throws AppError usage */
export async function directoryOfServe(
  io: Io,
  text: string | undefined,
  flags: ServedFlags,
): Promise<SourceName | undefined> {
  const profile = flags.profile === undefined ? undefined : await findProfile(flags.profile, io);
  const named = namedDirectory(text) ?? directoryOfProfile(io, profile);
  if (flags.with !== undefined && named !== undefined) refuseOther(named.kind, sourceText(named), flags.with);
  if (named !== undefined || flags.with === undefined) return named;
  return { kind: "fixture", file: shippedFixture(`${flags.with}-company.yaml`) };
}

/**
 * A directory that is no fixture is read now.
 * @throws AppError usage, for a directory that nothing would be made of, and for one of another provider; as reading it
 */
export async function servedCompany(
  io: Io,
  name: SourceName | undefined,
  flags: ServedFlags,
): Promise<Fixture | undefined> {
  cycleOf(flags);
  await checkPermissions(flags);
  if (name === undefined) return undefined;
  if (name.kind === "fixture") {
    const fixture = await whileReading(io, flags, (watcher) => loadFixture(io, name.file, watcher));
    return ofProvider(isUnnamed(flags, name) ? { ...fixture, astro: emptyAstro } : fixture, flags);
  }
  if (flags.provisioned !== true && flags.with === undefined) {
    throw new AppError("usage", `With ${sourceText(name)} alone the server would start empty.`, {
      hint: "Add --provisioned to start with what the directory provisions, or --with to provision it from an emulated provider.",
    });
  }
  return ofProvider(await readCompany(io, name, flags), flags);
}

/** Before anything is started. @throws AppError usage */
async function checkPermissions({ with: idp, withoutPermission: names }: ServedFlags): Promise<void> {
  if (names === undefined) return;
  if (idp === undefined) {
    throw new AppError("usage", "--without-permission needs --with.", {
      hint: "It takes a permission from the credentials of an emulated provider.",
    });
  }
  const { permissionsLeftOut } = await import("./without-permission.ts");
  permissionsLeftOut(idp, names);
}

const emptyAstro = { users: [], teams: [] };

/** Where only the provider is named, its company is the shipped one, and Astro holds what it provisions and nothing else. */
function isUnnamed({ with: idp }: ServedFlags, { file }: { readonly file: string }): boolean {
  return idp !== undefined && file === shippedFixture(`${idp}-company.yaml`);
}

async function readCompany(io: Io, name: SourceName, flags: ServedFlags): Promise<Fixture> {
  let company: Fixture | undefined;
  await withSource(io, { flags, name, writes: [] }, async ({ source, signal, output }) => {
    output.progress.update(`reading ${source.name}`);
    company = companyOfDirectory(await source.read(undefined, signal), source.name);
    return 0;
  });
  if (company === undefined) throw new AppError("interrupted", "Interrupted while the directory was read.");
  return company;
}

function ofProvider(company: Fixture, { with: idp }: ServedFlags): Fixture {
  if (idp !== undefined) refuseOther(company.app.idp, company.file, idp);
  return company;
}

/** A live provider says whose directory it is before it is read. */
function refuseOther(kind: SourceName["kind"], directory: string, idp: AppSettings["idp"]): void {
  if (kind === idp || (kind !== "okta" && kind !== "entra")) return;
  const { name } = providers[kind].words;
  throw new AppError(
    "usage",
    `${directory} is a directory of ${name}, and cannot be used with --with ${idp}.`,
    { hint: `Use --with ${kind}.` },
  );
}

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const usualCycleMs = 10_000;

/**
 * `10s`, `40m`: in milliseconds.
 * @throws AppError usage
 */
export function cycleOf({ cycle, with: idp }: ServedFlags): number {
  if (cycle === undefined) return usualCycleMs;
  if (idp !== "entra")
    throw new AppError("usage", "--cycle needs --with entra: Okta does not work in cycles.");
  const { count, unit } = /^(?<count>\d{1,5})(?<unit>[smh])$/.exec(cycle)?.groups ?? {};
  const ms = Number(count) * (unitsMs[unit ?? ""] ?? 0);
  if (ms > 0) return ms;
  throw new AppError("usage", `--cycle takes a duration such as 10s or 40m, not "${cycle}".`);
}
