/** What `astro-scim preflight` does. */

import { resolve } from "node:path";
import { preflightOf, type PreflightOptions } from "../../assembly/preflight/preflight.ts";
import type { AstroApiName } from "../../astro/records/record.ts";
import { memoryTarget } from "../../assembly/connect.ts";
import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { AppError } from "../../ground/errors.ts";
import { exitStatus, type ExitStatus } from "../../ground/exit-status.ts";
import { comparableDomain, isDomain } from "../../ground/mail-domain.ts";
import { nearestName } from "../../ground/text/nearest-name.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { providers } from "../../idp/providers.ts";
import { acceptableKinds } from "../../preflight/finding-kinds.ts";
import type { PreflightKind } from "../../preflight/finding.ts";
import type { PreflightVerdict } from "../../preflight/preflight.ts";
import type { JustInTime } from "../../preflight/subject.ts";
import { hanging } from "../../report/layout/hanging.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { readTerraformResources } from "../../terraform/read-resources.ts";
import type { TerraformResource } from "../../terraform/resource.ts";
import type { Io } from "../../world/io.ts";
import { behaviourChoice } from "../flags/behaviour-flags.ts";
import type { DirectoryFlags } from "../flags/directory-options.ts";
import { withFidelityFlags, type FidelityFlags } from "../flags/fidelity-flags.ts";
import type { OutputFlags, TargetFlags } from "../flags/options.ts";
import { afterPreflight } from "../next/next-steps.ts";
import { explainRefusal } from "../organization/token-remark.ts";
import { streamStyle } from "../output/stream-style.ts";
import { withSession, type Session } from "../session.ts";
import { directoryOnce } from "../source/named-directory.ts";

export type PreflightFlags = TargetFlags &
  OutputFlags &
  DirectoryFlags &
  FidelityFlags & {
    readonly terraform?: string;
    readonly accept?: readonly string[];
    readonly verifiedDomain?: readonly string[];
    readonly justInTime: JustInTime;
    readonly behaviour?: readonly string[];
    readonly api?: AstroApiName;
  };

/** What the command line says beside directory and target. */
interface Stated {
  readonly accepted: readonly PreflightKind[];
  readonly verifiedDomains: readonly string[];
  readonly behaviour: ReturnType<typeof behaviourChoice>;
}

/** Reads, rehearses, assesses and reports; resolves to the exit status. */
export async function preflight(io: Io, source: string | undefined, flags: PreflightFlags): Promise<number> {
  const stated = {
    accepted: (flags.accept ?? []).map(acceptedKind),
    verifiedDomains: (flags.verifiedDomain ?? []).map(verifiedDomain),
    behaviour: behaviourChoice(flags.behaviour === undefined ? {} : { behaviour: flags.behaviour }),
  };
  const options = {
    flags,
    directory: directoryOnce(source, flags.from),
    directoryBy: "either",
    defaultFixture: "okta-company.yaml",
    intent: "read",
    ...(flags.terraform === undefined ? {} : { alsoReads: [{ use: "--terraform", file: flags.terraform }] }),
  } as const;
  return withSession(io, options, async (session) => {
    try {
      return await assess(session, flags, stated);
    } catch (error) {
      throw explainRefusal(error, session);
    }
  });
}

async function assess(session: Session, flags: PreflightFlags, stated: Stated): Promise<number> {
  const { io, source, target, connection, output } = session;
  const terraform = flags.terraform === undefined ? undefined : await readTerraform(io, flags.terraform);
  const looking = printable(`Looking at ${source.name} and ${connection.label}. Nothing is written.`);
  for (const line of hanging("", looking, streamStyle(io, io.stderr, {}))) output.say(line);
  output.say("");
  const links = target.kind === "in-process" ? undefined : memoryTarget(connection);
  const found = await source.read(links, session.signal);
  const provided = { ...found, app: withFidelityFlags(found.app, flags) };
  const options = { ...optionsOf(session, flags, stated), terraform };
  const result = await preflightOf(io, connection, provided, options);
  output.progress.stop();
  await output.result("preflight", {
    preflight: result,
    words: providers[provided.app.idp].words,
    source: source.name,
    label: connection.label,
    target: targetUrl(target),
    at: io.clock.now(),
    next: afterPreflight(result, session, flags),
  });
  return statusOf[result.verdict];
}

function optionsOf(
  { target, fixture, settings, signal, output }: Session,
  { api, justInTime }: PreflightFlags,
  stated: Stated,
): Omit<PreflightOptions, "terraform"> {
  // A fixture also says how its Astro behaves.
  const { strict, behaviour } = target.kind === "in-process" ? (fixture?.astro ?? {}) : {};
  return {
    ...stated,
    behaviour: {
      ...(strict === undefined ? {} : { strict }),
      behaviour: { ...behaviour, ...stated.behaviour.behaviour },
    },
    api,
    justInTime,
    protect: settings.protect,
    responsibleFor: settings.responsibleFor,
    concurrency: settings.concurrency,
    signal,
    onIamPage: (path, read, total) => output.progress.update(`reading ${path}: ${read} of ${total}`),
    onRequest: (sent) => output.progress.update(`rehearsing the first run: ${formatCount(sent)} requests`),
  };
}

const statusOf: Readonly<Record<PreflightVerdict, ExitStatus>> = {
  go: exitStatus.ok,
  "not-yet": exitStatus.failed,
  "cannot-tell": exitStatus.couldNotTell,
};

/** @throws AppError usage, for a kind that is none, or cannot be accepted */
function acceptedKind(name: string): PreflightKind {
  const known = acceptableKinds.find((kind) => kind === name);
  if (known !== undefined) return known;
  const nearest = nearestName(name, acceptableKinds);
  throw new AppError("usage", `--accept does not take ${printable(name)}.`, {
    hint:
      nearest === undefined
        ? `It takes the kinds of problems: ${acceptableKinds.join(", ")}.`
        : `Did you mean ${nearest}?`,
  });
}

/** @throws AppError usage */
function verifiedDomain(text: string): string {
  const domain = comparableDomain(text);
  if (isDomain(domain)) return domain;
  throw new AppError(
    "usage",
    `--verified-domain takes a domain such as example.com, not ${printable(text)}.`,
  );
}

/** A state of thousands of resources is some megabytes. */
const maxTerraformBytes = 256 * 1024 * 1024;

/** @throws AppError invalid-file */
async function readTerraform(io: Io, file: string): Promise<readonly TerraformResource[]> {
  const path = resolve(io.cwd, file);
  const text = await readSmallFile(io.disk, path, maxTerraformBytes, { pipe: "of the shell" }).catch(
    (error: unknown) => {
      throw new AppError("invalid-file", `${printable(file)} cannot be read: ${fileProblem(error)}.`, {
        cause: error,
      });
    },
  );
  return readTerraformResources(text, printable(file));
}
