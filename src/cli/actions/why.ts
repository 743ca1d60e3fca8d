/** What `astro-scim why` does. */

import type { OutsideUser } from "../../directory/provider-history.ts";
import { AppError } from "../../ground/errors.ts";
import { exitStatus, type ExitStatus } from "../../ground/exit-status.ts";
import { providers } from "../../idp/providers.ts";
import { printable } from "../../ground/text/printable.ts";
import { protectWarnings } from "../../report/repair/plan-text.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { findSubject } from "../../why/facts/find-subject.ts";
import { outsideSubject } from "../../why/facts/find-user.ts";
import type { Sides } from "../../why/facts/sides.ts";
import type { FoundSubject, Subject } from "../../why/facts/subject.ts";
import type { Unread, Verdict } from "../../why/story.ts";
import { tellTeam } from "../../why/tell/tell-team.ts";
import { tellUser } from "../../why/tell/tell-user.ts";
import type { Io } from "../../world/io.ts";
import type { DirectoryFlags } from "../flags/directory-options.ts";
import type { JournalFlags, OutputFlags, TargetFlags } from "../flags/options.ts";
import { afterWhy } from "../next/after-why.ts";
import { withSession, type Session } from "../session.ts";
import { historyRequests } from "../why/history-requests.ts";
import { readLogs } from "../why/read-logs.ts";
import { readSides } from "../why/read-sides.ts";
import { serverClocks } from "../why/server-clocks.ts";

export type WhyFlags = TargetFlags &
  OutputFlags &
  DirectoryFlags &
  JournalFlags & { readonly user?: boolean; readonly team?: boolean };

/** Reads everything, tells the story, and resolves to the exit status. @throws AppError not-found; as `diff` */
export async function why(io: Io, name: string, flags: WhyFlags): Promise<number> {
  const kind = kindOf(flags);
  if (name.trim() === "") throw new AppError("usage", "The name is empty.");
  const clocks = serverClocks();
  const options = {
    flags,
    directory: flags.from,
    directoryBy: "from",
    defaultFixture: "okta-drift.yaml",
    intent: "read",
    watch: clocks.watch,
  } as const;
  return withSession(io, options, async (session) => {
    const { output, target } = session;
    const sides = await readSides(session, flags);
    const { drift, words, unreadSide } = sides;
    for (const warning of protectWarnings(drift.protection.warnings))
      output.say(printable(`Warning: ${warning}`));
    const outside = outsideUsers(session);
    const subject = await subjectNamed(outside, sides, name, kind);
    const read = await readLogs(session, {
      about: historyRequests(sides, subject),
      provider: providers[sides.provided.app.idp],
      hasIam: drift.iam.kind !== "not-asked",
      held: drift.held,
      clocks,
      flags,
    });
    const unread = [
      ...(unreadSide === undefined ? [] : [{ what: sideNames[unreadSide.of], why: unreadSide.why }]),
      ...(drift.iam.kind === "unreadable" ? [{ what: "Astro's IAM API", why: drift.iam.reason }] : []),
      ...outside.unread(),
      ...read.unread,
    ];
    const reading = { ...read, sides, unread };
    const story = subject.kind === "user" ? tellUser(subject, reading) : tellTeam(subject, reading);
    output.progress.stop();
    await output.result("why", {
      story,
      provider: words.name,
      target: targetUrl(target),
      next: afterWhy(story, session, flags),
    });
    return statuses[story.verdict];
  });
}

const sideNames = { directory: "the directory", astro: "Astro" } as const;

const statuses: Readonly<Record<Verdict, ExitStatus>> = {
  fine: exitStatus.ok,
  found: exitStatus.failed,
  "cannot-tell": exitStatus.couldNotTell,
};

function kindOf({ user, team }: WhyFlags): "user" | "team" | undefined {
  if (user === true && team === true) throw new AppError("usage", "Give --user or --team, not both.");
  if (user === true) return "user";
  return team === true ? "team" : undefined;
}

/** @throws AppError not-found, with the nearest names, or with the ids of several */
async function subjectNamed(
  outside: OutsideUsers,
  sides: Sides,
  name: string,
  kind: "user" | "team" | undefined,
): Promise<Subject> {
  const found = findSubject(sides, name, kind);
  if (found.kind === "one") return await withOutside(found.subject, sides, outside);
  if (found.kind === "none" && kind !== "team") {
    const user = await outside.find(name);
    if (user !== undefined) return outsideSubject(sides, user);
  }
  const { unreadSide } = sides;
  const [unread] = [
    ...(unreadSide === undefined ? [] : [{ what: sideNames[unreadSide.of], why: unreadSide.why }]),
    ...outside.unread(),
  ];
  if (found.kind === "none" && unread !== undefined) {
    throw new AppError(
      "source-incomplete",
      `Nothing that could be read has "${printable(name)}"; ${unread.what} could not be read: ${unread.why}.`,
    );
  }
  throw notOne(found, name, kind);
}

/** An account without a user of the directory may be of somebody whom the provider knows outside the app. */
async function withOutside(subject: Subject, sides: Sides, outside: OutsideUsers): Promise<Subject> {
  if (subject.kind === "team" || subject.user !== undefined) return subject;
  const user = await outside.find(subject.name);
  return user === undefined ? subject : outsideSubject(sides, user);
}

/** Users whom the provider knows, and who have no part in the app. */
interface OutsideUsers {
  readonly find: (name: string) => Promise<OutsideUser | undefined>;
  /** Credentials may not read them: the story does without them, and says so. */
  readonly unread: () => readonly Unread[];
}

function outsideUsers({ history }: Session): OutsideUsers {
  const unread: Unread[] = [];
  return {
    find: async (name) => {
      try {
        return await history?.findUser(name);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === "interrupted") throw error;
        unread.push({ what: "users outside the app", why: error.message.replace(/\.$/, "") });
        return undefined;
      }
    },
    unread: () => unread,
  };
}

function notOne(
  found: Exclude<FoundSubject, { readonly kind: "one" }>,
  name: string,
  kind: string | undefined,
): AppError {
  const shown = printable(name);
  switch (found.kind) {
    case "both":
      return new AppError("not-found", `"${shown}" is the name of a user and of a Team.`, {
        hint: "Add --user or --team.",
      });
    case "several":
      return new AppError("not-found", `"${shown}" is the name of ${found.ids.length} ${found.of}s.`, {
        hint: `Name one by its ID: ${found.ids
          .slice(0, 5)
          .map((id) => printable(id))
          .join(", ")}.`,
      });
    case "none": {
      const what = kind === "team" ? "Team" : kind === "user" ? "user" : "user or Team";
      const where = "neither in the directory nor in Astro";
      const names = found.nearest.map((one) => printable(one)).join(" or ");
      const hint = names === "" ? {} : { hint: `Did you mean ${names}?` };
      return new AppError("not-found", `There is no ${what} "${shown}", ${where}.`, hint);
    }
    default:
      return found satisfies never;
  }
}
