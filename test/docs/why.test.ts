/** The transcript of docs/why.md is what `why` prints, and its table has every cause. */

import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { causeIds } from "../../src/why/causes/cause.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";
import { oktaToken, startEmulatedOkta } from "../support/emulated-okta.ts";
import { scimClient } from "../support/scim-client.ts";
import { tellWhyInText } from "../support/telling-why.ts";

const page = new URL("../../docs/why.md", import.meta.url);
const part = /(<!-- transcript -->\n)(?<shown>[^]*?)(<!-- end of transcript -->)/;
/** `UPDATE_TRANSCRIPTS=1 npx vitest run test/docs/why.test.ts` writes what the command prints now. */
const updating = process.env["UPDATE_TRANSCRIPTS"] === "1";
const organization = "my-org";

test("the transcript is what the command prints", async () => {
  const [ada, grace] = ["ada@example.com", "grace@example.com"];
  const { company, astro, okta } = await startEmulatedOkta({
    directory: aDirectory({
      users: [aUser(ada), aUser(grace)],
      groups: [aGroup("data-platform", [ada, grace])],
    }),
    astro: { organizationId: organization },
  });
  await company.settled();
  const scim = scimClient(astro);
  const { body } = await scim.get("/Users");
  const { id } = body.Resources.find(({ userName }: { userName: string }) => userName === ada);
  await scim.send("DELETE", `/Users/${id}`, { headers: { "user-agent": "curl/8.5.0" } });
  const source = ["--from", "okta", "--okta-url", okta.url, "--okta-app", "Astro"];
  const asked = { source, env: { OKTA_CLIENT_TOKEN: oktaToken }, astro };
  const { stdout, stderr, status } = await tellWhyInText([ada], asked);
  expect(status).toBe(1);
  const command = ["$ astro-scim why", ada, ...source, "--url", astro.url].join(" ");
  const transcript = `\`\`\`console\n${shown(
    `${command}\n${stderr}${stdout}`,
    [okta.url, "https://acme.okta.com"],
    [astro.url.replace(`/${organization}`, ""), "https://api.astronomer.io/scim/v2"],
  )}\`\`\`\n`;
  const text = await readFile(page, "utf8");
  if (updating) {
    await writeFile(
      page,
      text.replace(part, (_all, start: string, _shown, end: string) => `${start}${transcript}${end}`),
    );
    return;
  }
  expect(part.exec(text)?.groups?.["shown"]).toBe(transcript);
});

/** Addresses, ids and times are other ones each time: each id gets a name, and every time is the same. */
function shown(text: string, ...addresses: readonly (readonly [from: string, to: string])[]): string {
  const hosts = addresses.map(([from, to]) => [new URL(from).host, new URL(to).host] as const);
  const renamed = [...addresses, ...hosts].reduce((all, [from, to]) => all.replaceAll(from, to), text);
  const ids = new Map<string, string>();
  return renamed
    .replaceAll(/\bc[a-z0-9]{24}\b/g, (id) => {
      const known = ids.get(id) ?? `cknaqyipv05731evsry6cj4n${ids.size}`;
      ids.set(id, known);
      return known;
    })
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "2026-01-15 09:00:00");
}

test("the table has every cause, and no other", async () => {
  const text = await readFile(page, "utf8");
  const table = /## Causes\n[^]*?\n\n(?=For a Team)/.exec(text)?.[0] ?? "";
  const named = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, id]) => id),
  );
  expect(new Set(named)).toEqual(new Set(causeIds));
});
