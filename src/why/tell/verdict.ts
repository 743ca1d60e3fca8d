/** How a story ends. */

import type { Drift } from "../../drift/compare/diff.ts";
import type { NamedCause } from "../causes/cause.ts";
import type { Sides } from "../facts/sides.ts";
import type { Story, Unread } from "../story.ts";

export interface Ending {
  readonly symptoms: readonly string[];
  readonly causes: readonly NamedCause[];
  /** Of several differences one is without a cause. */
  readonly isPartUnknown: boolean;
  readonly unread: readonly Unread[];
  readonly sides: Pick<Sides, "drift" | "unreadSide">;
  /** Why it is not known whether this very user or Team is as it should be: a clause. */
  readonly unknown?: string | undefined;
  readonly fine: () => string;
}

export function verdictOf(ending: Ending): Pick<Story, "verdict" | "explanation"> {
  const { symptoms, causes, isPartUnknown, unread, fine, sides } = ending;
  if (sides.unreadSide !== undefined) {
    const { of, why } = sides.unreadSide;
    const what = of === "astro" ? "Astro" : "the directory";
    return {
      verdict: "cannot-tell",
      explanation: `${what} could not be read, so nothing was compared: ${why}`,
    };
  }
  if (symptoms.length === 0 && causes.length === 0) {
    const unknown = ending.unknown ?? whyUnknown(sides.drift);
    return unknown === undefined
      ? { verdict: "fine", explanation: fine() }
      : { verdict: "cannot-tell", explanation: unknown };
  }
  const missing =
    unread.length === 0
      ? "nothing that could be read explains it"
      : `what explains it may be in what could not be read: ${unread.map(({ what }) => what).join(", ")}`;
  if (causes.length === 0) return { verdict: "cannot-tell", explanation: missing };
  if (isPartUnknown) return { verdict: "found", explanation: `not every difference has a cause: ${missing}` };
  if (causes.length > 1) {
    return {
      verdict: "found",
      explanation: `${causes.length} causes fit, and what was read does not decide between them; they may all be true`,
    };
  }
  return { verdict: "found", explanation: undefined };
}

/** Without these nothing is known to be right. */
function whyUnknown({ iam, provider }: Drift): string | undefined {
  if (iam.kind === "unreadable") return `Astro's IAM API could not be read: ${iam.reason}`;
  if (provider?.isMappingUnknown === true)
    return "a mapping that decides about every account cannot be evaluated";
  return undefined;
}
