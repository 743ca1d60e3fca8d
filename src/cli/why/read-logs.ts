/** Reads the three logs of a story, each as far as it can be read: what cannot is named, and ends nothing. */

import { allTeams, allUsers, type HeldState } from "../../astro/held.ts";
import { auditLogDays, readAuditLog } from "../../astro/iam/audit-log.ts";
import { iamBeside } from "../../assembly/read-iam.ts";
import type { HistoryRequest } from "../../directory/provider-history.ts";
import { AppError } from "../../ground/errors.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { Provider } from "../../idp/provider.ts";
import { plural } from "../../ground/text/plural.ts";
import { repairKey } from "../../lock/repair-key.ts";
import { readCatalogue } from "../../runs/catalogue.ts";
import { auditEntries, isUserOrTeamPath } from "../../why/logs/audit-entries.ts";
import type { LogEntry, LogName } from "../../why/logs/log-entry.ts";
import { byOurClock, type Logs } from "../../why/logs/logs.ts";
import type { ServerClock, Unread } from "../../why/story.ts";
import type { JournalFlags } from "../flags/options.ts";
import { folderOfRuns } from "../repair/journalled.ts";
import type { Session } from "../session.ts";
import { journalEntries } from "./journal-entries.ts";
import { readProviderLog } from "./provider-log.ts";
import type { ServerClocks } from "./server-clocks.ts";

export interface LogReading {
  /** Whose entries the provider's log is asked for. */
  readonly about: readonly HistoryRequest[];
  readonly provider: Pick<Provider<AppSettings>, "words" | "userAgent">;
  /** IAM was read already, or the server said that it has it. */
  readonly hasIam: boolean;
  readonly held: HeldState;
  readonly clocks: ServerClocks;
  readonly flags: JournalFlags;
}

export interface ReadLogs {
  readonly logs: Logs;
  readonly unread: readonly Unread[];
  readonly clocks: readonly ServerClock[];
}

/** @throws AppError interrupted */
export async function readLogs(session: Session, reading: LogReading): Promise<ReadLogs> {
  const read = new Set<LogName>();
  const unread: Unread[] = [];
  const attempt = async <Value>(
    name: LogName,
    what: string,
    run: () => Promise<Value>,
  ): Promise<Value | undefined> => {
    try {
      const value = await run();
      read.add(name);
      return value;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "interrupted") throw error;
      unread.push({ what, why: error.message.replace(/\.$/, "") });
      return undefined;
    }
  };
  const provider = await providerLog(session, reading, { attempt, unread });
  const audit = await auditLog(session, reading, { attempt, unread });
  const journal =
    (await attempt("journal", "the journal of astro-scim", () => journalOf(session, reading, unread))) ?? [];
  const astroSkew = reading.clocks.skewOf(session.connection.baseUrl);
  return {
    logs: {
      provider: provider.entries,
      astro: byOurClock(audit, astroSkew),
      journal,
      read,
      providerSince: provider.since,
    },
    unread,
    clocks: [...provider.clocks, { server: "Astro", skew: astroSkew }],
  };
}

const dayMs = 86_400_000;

interface Attempting {
  readonly attempt: <Value>(
    name: LogName,
    what: string,
    run: () => Promise<Value>,
  ) => Promise<Value | undefined>;
  readonly unread: Unread[];
}

interface ProviderPart {
  readonly entries: Logs["provider"];
  readonly since: Logs["providerSince"];
  readonly clocks: readonly ServerClock[];
}

async function providerLog(
  { history, output, io }: Session,
  { about, provider: { words }, clocks }: LogReading,
  { attempt, unread }: Attempting,
): Promise<ProviderPart> {
  if (history === undefined) {
    unread.push({ what: `${words.name}'s log`, why: "the directory is not read from a live provider" });
    return { entries: new Map(), since: new Map(), clocks: [] };
  }
  const skew = (): ReturnType<ServerClocks["skewOf"]> => clocks.skewOf(history.baseUrl);
  output.progress.update(`reading ${history.logName}`);
  const read = await readProviderLog({
    history,
    about,
    now: io.clock.now(),
    attempt: async (one) => attempt("provider", history.logName, one),
    skew,
  });
  unread.push(...read.unread);
  return {
    entries: read.provider,
    since: read.providerSince,
    clocks: [{ server: words.name, skew: skew() }],
  };
}

const auditName = "Astro's audit log";

async function auditLog(
  { connection, io, output }: Session,
  { hasIam, provider, held }: LogReading,
  { attempt, unread }: Attempting,
): Promise<readonly LogEntry[]> {
  const apis = iamBeside(connection, hasIam);
  if (apis === undefined) {
    unread.push({ what: auditName, why: "the server does not say that it has the IAM API" });
    return [];
  }
  const now = io.clock.now().getTime();
  output.progress.update(`reading ${auditName}`);
  const found = await attempt("astro", auditName, () =>
    readAuditLog(apis.send, apis, {
      from: new Date(now - auditLogDays * dayMs),
      // Its clock may be ahead of ours.
      until: new Date(now + dayMs),
      isWanted: isUserOrTeamPath,
    }),
  );
  if (found === undefined) return [];
  if (found.unreadable > 0) {
    unread.push({ what: auditName, why: `${plural(found.unreadable, "line")} of it cannot be read` });
  }
  const nameOf = namesIn(held);
  return found.lines.flatMap((line) => auditEntries(line, { providerAgent: provider.userAgent, nameOf }));
}

/** A run that cannot be read is named; the others are read. */
async function journalOf(
  { io, target }: Session,
  { flags }: LogReading,
  unread: Unread[],
): Promise<readonly LogEntry[]> {
  if (target.kind === "in-process") return [];
  const folder = folderOfRuns(io, flags);
  if (!(await io.disk.exists(folder))) return [];
  const { runs, unreadable } = await readCatalogue(io.disk, folder);
  for (const { problem } of unreadable) {
    unread.push({ what: "the journal of astro-scim", why: problem.message.replace(/\.$/, "") });
  }
  const organization = repairKey(target.baseUrl);
  return runs.filter((run) => run.organization === organization).flatMap(journalEntries);
}

function namesIn(held: HeldState): (id: string) => string | undefined {
  const names = new Map([
    ...allUsers(held).map(({ scimId, userName }) => [scimId, userName] as const),
    ...allTeams(held).map(({ scimId, displayName }) => [scimId, displayName] as const),
  ]);
  return (id) => names.get(id);
}
