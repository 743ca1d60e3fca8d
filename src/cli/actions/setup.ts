/** What `astro-scim setup` does. */

import { exitStatus } from "../../ground/exit-status.ts";
import { compareWithSheet } from "../../setup/compare.ts";
import { sheetFor } from "../../setup/sheet-for.ts";
import { warningsOf, type Known } from "../../setup/warnings.ts";
import type { SetupProvider } from "../../setup/answers.ts";
import type { SetupCheckReport } from "../../report/setup/report.ts";
import type { Io } from "../../world/io.ts";
import { startOutput, type CommandOutput } from "../output/command-output.ts";
import { canAsk } from "../prompt.ts";
import { completeAnswers } from "../setup/ask-answers.ts";
import type { SetupFlags } from "../setup/flags.ts";
import { afterSetup } from "../setup/next.ts";
import { readLive, wantsLive, type LiveSetup } from "../setup/read-live.ts";
import { readScimSwitchOf } from "../setup/read-scim-switch.ts";
import { saveProfile } from "../setup/save-profile.ts";
import { statedAnswers } from "../setup/stated-answers.ts";

export type { SetupFlags };

/** Shows the sheet, or compares a live app with it; resolves to the exit status. */
export async function setup(io: Io, idp: SetupProvider, flags: SetupFlags): Promise<number> {
  const stated = await statedAnswers(io, idp, flags);
  const output = await startOutput(io, flags);
  const live = wantsLive(idp, flags, stated) ? await readLive(io, idp, flags) : undefined;
  const isScimEnabled = await readScimSwitchOf(io, flags, { scimUrl: stated.scimUrl, say: output.say });
  const asks = flags.yes !== true && flags.check !== true && canAsk(io);
  const answers = await completeAnswers(io, { idp, stated, live, asks });
  const sheet = sheetFor(answers);
  const known: Known = {
    answers,
    sheet,
    enteredUrl: flags.tenantUrl ?? addressOf(live),
    shown: live?.shown,
    directory: live?.directory,
    isScimEnabled,
  };
  if (flags.check === true) return check(output, known, live);
  const saved = await saveProfile(io, { answers, flags, stated, asks, output });
  const isAppKnown = live !== undefined;
  const next = afterSetup(answers, flags, { profile: saved ?? flags.profile, isAppKnown });
  await output.result("setup", { answers, sheet, warnings: warningsOf(known), next });
  return exitStatus.ok;
}

async function check(output: CommandOutput, known: Known, live: LiveSetup | undefined): Promise<number> {
  const { answers, sheet } = known;
  if (live === undefined) throw new TypeError("--check reads the live app");
  const shown = withEnteredUrl(live.shown, known.enteredUrl);
  const report: SetupCheckReport = {
    answers,
    title: sheet.title,
    appName: shown.appName,
    lines: compareWithSheet(sheet, answers.organizationId === undefined ? withoutAddress(shown) : shown),
    warnings: warningsOf(known),
    directoryUnread: live.directoryUnread,
  };
  await output.result("setup-check", report);
  const isDifferent = report.lines.some(({ verdict }) => verdict.kind === "different");
  if (isDifferent || report.warnings.length > 0) return exitStatus.differencesFound;
  return live.directoryUnread === undefined ? exitStatus.ok : exitStatus.couldNotTell;
}

/** Where the provider does not show the address, the one that was copied from the console counts. */
function withEnteredUrl(shown: LiveSetup["shown"], url: string | undefined): LiveSetup["shown"] {
  if (url === undefined) return shown;
  return { ...shown, settings: new Map([...shown.settings, ["scim-url", { kind: "shown", value: url }]]) };
}

function withoutAddress(shown: LiveSetup["shown"]): LiveSetup["shown"] {
  const why = "nobody said which organization it should be of; add --org";
  return { ...shown, settings: new Map([...shown.settings, ["scim-url", { kind: "not-shown", why }]]) };
}

function addressOf(live: LiveSetup | undefined): string | undefined {
  const address = live?.shown.settings.get("scim-url");
  return address?.kind === "shown" ? String(address.value) : undefined;
}
