/** What `why` recommends at its end. */

import type { NextStep } from "../../report/next-step.ts";
import type { Story } from "../../why/story.ts";
import type { Session } from "../session.ts";
import { commandFor, show } from "./next-steps.ts";
import { quoted, type RepeatedFlags } from "./words.ts";

/** The repair of the first cause that a command of ours does or shows; else the comparison, once the console was used. */
export function afterWhy(story: Story, session: Session, flags: RepeatedFlags): NextStep | undefined {
  if (story.verdict === "fine") return undefined;
  const of = commandFor(session, flags);
  const command = story.causes.map(({ repair }) => repair.command).find((one) => one !== undefined);
  if (command === undefined) return { kind: "compare", command: of("diff") };
  if (command.does === "show") return show(session.target, command.words, flags);
  const words = [...command.words.map((word) => quoted(word)), "--dry-run"].join(" ");
  return { kind: command.does === "delete" ? "plan-deletion" : "plan-repair", command: of(words) };
}
