/** `findings` and `notEvaluated` of `diff --json`, as docs/json.md describes them; nothing else is allowed. */

import * as z from "zod";

const named = z.strictObject({ name: z.string(), objectId: z.string() });
const text = z.string().nullable();

function finding<const Kind extends string>(
  about: "user" | "group" | "app",
  kinds: readonly [Kind, ...Kind[]],
  details: z.core.$ZodLooseShape,
) {
  const isApp = about === "app";
  return z.strictObject({
    kind: z.enum(kinds),
    subject: z.strictObject({
      kind: z.literal(about),
      name: isApp ? z.null() : z.string(),
      objectId: isApp ? z.null() : z.string(),
      scimId: isApp ? z.null() : text,
    }),
    link: about === "user" ? z.enum(["linked", "not-linked"]).nullable() : z.null(),
    standing: z.enum(["problem", "information", "protected", "outside"]),
    shownWith: text,
    isCounted: z.boolean(),
    ...details,
  });
}

export const findingShape = z.discriminatedUnion("kind", [
  finding("user", ["user-not-provisioned", "user-not-in-sync"], {
    status: z.string(),
    error: text,
    since: text,
  }),
  finding("user", ["user-in-escrow"], { code: text, error: text, since: text }),
  finding("group", ["group-in-escrow"], { code: text, error: text, since: text }),
  finding("user", ["user-skipped"], { reason: z.string(), since: text }),
  finding("user", ["user-only-nested"], { group: named, through: z.array(named) }),
  finding("user", ["user-is-guest"], {}),
  finding("user", ["user-without-mail"], { attribute: z.string() }),
  finding("group", ["push-mapping-failed"], { error: z.string(), lastPush: text }),
  finding("group", ["push-mapping-inactive"], { lastPush: text }),
  finding("group", ["members-cut-off"], { held: z.number(), missing: z.number() }),
  finding("group", ["group-assigned-not-pushed"], {}),
  finding("group", ["group-pushed-not-assigned"], { members: z.array(named) }),
  finding("app", ["job-in-quarantine"], { reason: z.string(), error: text, since: text, nextAttempt: text }),
  finding("app", ["job-not-running"], { state: z.string(), since: text }),
  finding("app", ["toggle-off"], { toggle: z.string(), effect: z.string(), since: text, by: text }),
]);

export const notEvaluatedShape = z.strictObject({
  attribute: z.string(),
  expression: z.string(),
  why: z.string(),
});
