/** What `diff` and the repairs begin with: the directory and the target are read and compared, with progress. */

import { formatCount } from "../ground/text/quantities.ts";
import type { AstroApiName } from "../astro/records/record.ts";
import { compareWithAstro } from "../assembly/compare.ts";
import { memoryTarget } from "../assembly/connect.ts";
import type { ProvidedDirectory } from "../directory/source.ts";
import type { Drift } from "../drift/compare/diff.ts";
import { printable } from "../ground/text/printable.ts";
import { hanging } from "../report/layout/hanging.ts";
import { commandFor } from "./next/next-steps.ts";
import type { RepeatedFlags } from "./next/words.ts";
import { explainScimRefusal } from "./organization/scim-refusal.ts";
import { explainRefusal } from "./organization/token-remark.ts";
import { streamStyle } from "./output/stream-style.ts";
import type { ProviderWords } from "../idp/provider-words.ts";
import { providers } from "../idp/providers.ts";
import type { Session } from "./session.ts";

export interface MeasureOptions {
  /** For a repair: a server whose ids are numbers is refused. */
  readonly textIdsOnly: boolean;
  /** See `CompareOptions`. */
  readonly api?: AstroApiName | undefined;
  /** What says which directory, and how it and the target are reached. */
  readonly flags: RepeatedFlags;
}

export interface MeasuredDrift {
  /** The directory, with what a live provider says beside it. */
  readonly provided: ProvidedDirectory;
  readonly drift: Drift;
  /** What the provider of the directory calls things. */
  readonly words: ProviderWords;
}

/** @throws AppError whatever reading the directory, the provider's memory or the target throws */
export async function measureDrift(session: Session, options: MeasureOptions): Promise<MeasuredDrift> {
  try {
    return await measure(session, options);
  } catch (error) {
    const overIam = commandFor(session, options.flags)("diff --api iam");
    const explained = await explainScimRefusal(error, session, {
      mayAskIam: options.api !== "scim",
      overIam,
    });
    throw explainRefusal(explained, session);
  }
}

async function measure(
  { io, source, target, connection, settings, signal, output }: Session,
  { textIdsOnly, api }: MeasureOptions,
): Promise<MeasuredDrift> {
  const comparing = printable(`Comparing ${source.name} with ${connection.label}.`);
  for (const line of hanging("", comparing, streamStyle(io, io.stderr, {}))) output.say(line);
  output.say("");
  const links = target.kind === "in-process" ? undefined : memoryTarget(connection);
  const provided = await source.read(links, signal);
  const drift = await compareWithAstro(provided, connection, {
    protect: settings.protect,
    responsibleFor: settings.responsibleFor,
    concurrency: settings.concurrency,
    textIdsOnly,
    api,
    signal,
    onIamPage: (path, read, total) => output.progress.update(`reading ${path}: ${read} of ${total}`),
    onPage: (endpoint, read, total) =>
      output.progress.update(
        `reading ${endpoint.slice(1)}: ${formatCount(read)}${total === undefined ? "" : ` of ${formatCount(total)}`}`,
      ),
  });
  output.progress.stop();
  return { provided, drift, words: providers[provided.app.idp].words };
}
