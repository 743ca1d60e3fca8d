/** Results of `setup` and `profile`, in which a name of the caller's choice stands wherever a name can stand. */

import { sheetFor } from "../../src/setup/sheet-for.ts";
import type { SetupAnswers } from "../../src/setup/answers.ts";
import type { CheckedLine } from "../../src/setup/compare.ts";
import type { SetupWarning } from "../../src/setup/warnings.ts";
import type { UrlFault } from "../../src/setup/tenant-url.ts";
import type { ResultKind, Results } from "../../src/report/formats.ts";

type Examples<Kind extends ResultKind> = { readonly [Each in Kind]: readonly Results[Each][] };

const urlFaults: readonly UrlFault[] = [
  "flag-missing",
  "flag-misspelt",
  "flag-in-path",
  "flag-encoded",
  "flag-doubled",
  "flag-in-okta",
  "flag-in-gallery-app",
  "slash-at-end",
  "resource-in-path",
  "other-address",
];

export function setupResults(name: string): Examples<"setup" | "setup-check" | "profiles" | "profile"> {
  const warnings: readonly SetupWarning[] = [
    ...urlFaults.map((kind) => ({ kind, url: name })),
    { kind: "mail-unlike-sso", mailAttribute: name, ssoAttribute: name },
    { kind: "mapping-extra", of: "users", target: name },
    { kind: "update-off", toggle: "Deactivate Users" },
    { kind: "users-without-mail", attribute: name, users: [name, name] },
    { kind: "nested-groups", groups: [name] },
    { kind: "group-assigned-and-pushed", groups: [name] },
    { kind: "scim-off" },
  ];
  const answers = (["okta", "entra"] as const).flatMap((idp) =>
    (["manual", "catalog"] as const).map((integration): SetupAnswers => ({
      idp,
      integration,
      scimUrl: name,
      organizationId: name,
      mailAttribute: name,
      ssoAttribute: name,
      usersOnly: integration === "catalog",
    })),
  );
  const lines: readonly CheckedLine[] = [
    { id: "a", label: name, place: name, verdict: { kind: "right" } },
    { id: "b", label: name, place: name, verdict: { kind: "different", is: name, shouldBe: name } },
    { id: "c", label: name, place: name, verdict: { kind: "cannot-be-read", why: name } },
  ];
  const profile = { name, target: name, directory: name, isReadOnly: true, isDefault: true, file: name };
  return {
    setup: answers.map((given) => ({
      answers: given,
      sheet: sheetFor(given),
      warnings,
      next: { kind: "rehearse", command: "astro-scim simulate okta" },
    })),
    "setup-check": answers.map((given) => ({
      answers: given,
      title: sheetFor(given).title,
      appName: name,
      lines,
      warnings,
      directoryUnread: name,
    })),
    profiles: [{ profiles: [profile] }, { profiles: [] }],
    profile: [
      {
        profile,
        settings: { [name]: name, directory: { okta: { app: name } } },
        variables: [{ name, isSet: true }],
      },
    ],
  };
}
