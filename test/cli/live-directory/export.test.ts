/** `fixture export` from files: what is written, and what is never overwritten. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { smallOkta, startSmallOkta, appUser } from "../../support/small-okta.ts";
import { runCommand } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("a large directory is written with tables beside it, and is rehearsed from them", async () => {
  const cwd = await tempFolder();
  const rows = Array.from(
    { length: 2_001 },
    (_, index) => `user${index}@example.com,First${index},Last,Last ${index}`,
  );
  await writeFile(join(cwd, "people.csv"), `email,firstName,lastName,displayName\n${rows.join("\n")}\n`);
  const words = ["fixture", "export", "--from", "people.csv", "--idp", "okta", "--out", "company.yaml"];
  const { status, stdout, stderr } = await runCommand(words, { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
  expect(stdout).toContain("with company.users.ndjson");
  expect(await readFile(join(cwd, "company.yaml"), "utf8")).toContain(
    "users: { file: company.users.ndjson }",
  );
  expect((await runCommand(["fixture", "validate", "company.yaml"], { cwd })).status).toBe(0);
  expect(await runCommand(words, { cwd })).toMatchObject({ status: 5 });
});

test("a mapping that is pushed only at creation is exported, and what the fixture cannot say of it is said", async () => {
  const okta = smallOkta();
  okta.appUsers = [appUser("ada")];
  const [mapping] = okta.mappings;
  const properties = {
    givenName: { expression: "user.firstName", pushStatus: "DONT_PUSH" },
    title: { expression: "user.unknownFunction(1)", pushStatus: "PUSH" },
  };
  okta.mappings = [{ ...mapping, properties }];
  const server = await startSmallOkta(okta);
  const source = ["--from", "okta", "--okta-url", server.url, "--okta-app", "Astro"];
  const env = { OKTA_CLIENT_TOKEN: "00token" };
  const { status, stdout, stderr } = await runCommand(["fixture", "export", ...source], { env });
  await server.close();
  expect(status).toBe(0);
  expect(stderr).toContain(
    "Exported as one that is always pushed: the mapping of name.givenName (user.firstName), though Okta sends it only when the account is created.",
  );
  expect(stderr).toContain("Not exported: the mapping of title (user.unknownFunction(1)), because ");
  expect(stdout).toContain("familyName:");
  expect(stdout).not.toContain("title");
});
