/** `serve --with okta|entra`: a whole company to play with, and nothing configured. */

import { describe, expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { startServingIn } from "../support/serving.ts";

describe.each([
  ["okta" as const, "Okta"],
  ["entra" as const, "Microsoft Entra ID"],
])("--with %s", (idp, name) => {
  test("the line that it prints finds nothing to do, once the first provisioning is done", async () => {
    const { io, stop } = await startServingIn({}, [
      "fixtures/" + idp + "-small.yaml",
      "--with",
      idp,
      "--port",
      "0",
    ]);
    const line = /^Next, in another terminal: (.*)$/m.exec(io.stdoutText())?.[1] ?? "";
    expect(line).toContain(`astro-scim diff --from ${idp} `);
    await untilSaid(io.stderrText, `${name} has provisioned`);
    const { env, words } = commandIn(line);
    const result = await runCommand(words, { env });
    expect(result).toMatchObject({ status: 0 });
    expect(await stop()).toBe(0);
  });
});

function commandIn(line: string): { env: Record<string, string>; words: readonly string[] } {
  const all = line.split(" ");
  const at = all.indexOf("astro-scim");
  const env = Object.fromEntries(
    all.slice(0, at).map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]),
  );
  return { env, words: all.slice(at + 1) };
}

async function untilSaid(text: () => string, words: string): Promise<void> {
  while (!text().includes(words)) await new Promise((resolve) => setImmediate(resolve));
}
