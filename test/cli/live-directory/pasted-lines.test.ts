/** What `serve --with` says to paste: the variables, and then commands that find nothing wrong. */

import { join } from "node:path";
import { onTestFinished, expect, test } from "vitest";
import { systemWorld } from "../../../src/world/system-world.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { runCommand } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const companies = {
  okta: `idp: okta
users: [{ email: ada@example.com, firstName: Ada, lastName: King, displayName: Ada King }]
`,
  entra: `idp: entra
users: [{ mail: ada@example.com, displayName: Ada King }]
`,
};

test.each(["okta", "entra"] as const)("serve --with %s: each line can be pasted", async (idp) => {
  const cwd = await tempFolder({ "company.yaml": companies[idp] });
  const { clock, timers } = systemWorld();
  const plain = fakeIo({ cwd });
  let said = (): void => {};
  const provisioned = new Promise<void>((resolve) => {
    said = resolve;
  });
  const seen = (stream: typeof plain.stdout): typeof plain.stdout => ({
    ...stream,
    write: (text: string) => {
      if (/ has provisioned \d/.test(text)) said();
      return stream.write(text);
    },
  });
  const io = { ...plain, clock, timers, stdout: seen(plain.stdout), stderr: seen(plain.stderr) };
  const words = ["serve", join(cwd, "company.yaml"), "--with", idp, "--port", "0"];
  const ended = runCommand(words, { io });
  onTestFinished(async () => {
    plain.interrupt();
    await ended;
  });
  await Promise.race([provisioned, ended]);
  const text = plain.stdoutText() + plain.stderrText();
  const env = Object.fromEntries(
    [...text.matchAll(/^ {2}export (?<name>\w+)=(?<value>\S+)$/gm)].map(({ groups }) => [
      groups?.["name"],
      groups?.["value"]?.replaceAll("'", ""),
    ]),
  );
  const commands = [...text.matchAll(/^ {2}astro-scim (?<words>.*)$/gm)].map(({ groups }) =>
    (groups?.["words"] ?? "").replaceAll("'", "").split(" "),
  );
  expect(commands.map(([command]) => command)).toEqual(["setup", "check", "diff"]);
  for (const command of commands) {
    const { status, stdout, stderr } = await runCommand(command, {
      io: fakeIo({ now: new Date(), cwd, env }),
    });
    expect({ command, status, stderr, stdout }).toMatchObject({ status: 0 });
  }
});
