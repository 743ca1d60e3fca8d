/** docs/check.md lists every check, and its transcripts are what the command prints, apart from times. */

import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { canaryChecks } from "../../src/check/canary/life.ts";
import { appChecks, healthChecks, serverChecks } from "../../src/check/checks.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { organizationId, startCompany } from "../support/company-on-astro.ts";
import { startFront } from "../support/checked-server.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";

const page = new URL("../../docs/check.md", import.meta.url);
const blocks = /```console\n\$ astro-scim (?<words>[^\n]*)\n(?<output>[^]*?)```/g;
const text = await readFile(page, "utf8");
const transcripts = [...text.matchAll(blocks)].map(({ groups }) => ({
  words: groups?.["words"] ?? "",
  output: groups?.["output"] ?? "",
}));

/** `UPDATE_TRANSCRIPTS=1 npx vitest run test/docs/check.test.ts` writes what the command prints now. */
const updating = process.env["UPDATE_TRANSCRIPTS"] === "1";

test("every check has its row, in the order in which they are made", () => {
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (?!.*counts)/gm)].map(([, id]) => id ?? "");
  const ids = [...serverChecks, ...healthChecks, ...appChecks, ...canaryChecks(() => undefined)].map(
    ({ id }) => id,
  );
  expect(
    rows.filter((id) => !["pass", "warning", "fail", "unknown", "not-applicable", "skipped"].includes(id)),
  ).toEqual(ids);
});

test("the page shows two transcripts", () => {
  expect(transcripts).toHaveLength(2);
});

/** Without what differs from run to run. */
function withoutTimes(printed: string): string {
  return printed
    .replaceAll(/ \([\d.]+ m?s\)/g, "")
    .replaceAll(/\b[\d.]+ m?s\b/g, "TIME")
    .replaceAll(/\d+ days left, until [\d-]+/g, "DAYS");
}

test.each(transcripts)("$ astro-scim $words", async ({ words, output }) => {
  const { server } = await startCompany({ world: systemWorld() });
  const io = {
    ...fakeIo({ now: new Date(), cwd: process.cwd(), env: { ASTRO_SCIM_TOKEN: server.token } }),
    ...(updating ? { clock: systemWorld().clock } : {}),
  };
  // However slow the machine is, the server has the clock of the command.
  const { url, port } = await startFront(server, {
    changed: (_request, { headers }) => ({ headers: { ...headers, date: io.clock.now().toUTCString() } }),
  });
  const { stdout } = await runCommand([...words.split(" "), "--url", url], { io });
  // The port is any that is free.
  const printed = stdout.replaceAll(`127.0.0.1:${port}`, "127.0.0.1:8888");
  expect(printed).toContain(organizationId);
  if (updating) {
    const now = (await readFile(page, "utf8")).replace(
      `$ astro-scim ${words}\n${output}`,
      () => `$ astro-scim ${words}\n${printed}`,
    );
    await writeFile(page, now);
    return;
  }
  expect(withoutTimes(printed)).toBe(withoutTimes(output));
});
