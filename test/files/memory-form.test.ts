import { describe, expect, test } from "vitest";

import { documentedOktaSettings } from "../../src/directory/app-settings.ts";
import { documentedEntraSettings } from "../../src/directory/entra-app-settings.ts";
import { readMemory, writeMemory } from "../../src/assembly/files/memory-form.ts";
import type { JsonValue } from "../../src/ground/json.ts";
import { emptyEntraMemory } from "../../src/idp/entra/memory.ts";
import { writeEntraMemory } from "../../src/idp/entra/memory-json.ts";
import { emptyOktaMemory } from "../../src/idp/okta/memory.ts";
import { writeOktaMemory } from "../../src/idp/okta/memory-json.ts";

const header = {
  target: "https://astro.test/scim/v2/org",
  progress: { stepsDone: 2, actionsDone: 1 },
  steps: ["joiners", "leavers", "last"],
};
const okta = writeMemory({ ...header, idp: "okta", snapshot: writeOktaMemory(emptyOktaMemory()) });
const entra = writeMemory({ ...header, idp: "entra", snapshot: writeEntraMemory(emptyEntraMemory()) });

describe("the form of a memory file", () => {
  test("is the one of files that were written before the timeline had its own part", () => {
    expect(JSON.stringify(okta)).toBe(
      '{"provider":"okta","version":1,"target":"https://astro.test/scim/v2/org","stepsDone":2,"actionsDone":1,' +
        '"appUsers":{},"pushMappings":{},"appGroups":{},"tasks":[],"steps":["joiners","leavers","last"]}',
    );
    expect(JSON.stringify(entra)).toBe(
      '{"provider":"entra","version":1,"target":"https://astro.test/scim/v2/org","stepsDone":2,"actionsDone":1,' +
        '"cycles":0,"lastCycle":null,"initialCycleDone":false,"rules":"","scope":null,"state":"active",' +
        '"deletesAllowed":false,"quarantine":null,"users":{},"groups":{},"seen":{},"escrows":{},' +
        '"steps":["joiners","leavers","last"]}',
    );
  });

  test.each([
    ["Okta", okta, documentedOktaSettings],
    ["Entra ID", entra, documentedEntraSettings],
  ])("%s: is read back as it was written", async (_name, written, settings) => {
    const { target, progress, steps } = await readMemory(written, settings);
    expect({ target, progress, steps }).toEqual({
      ...header,
      progress: { ...header.progress, observed: [] },
    });
  });

  test.each<[problem: string, value: JsonValue]>([
    ["the state must be an object", []],
    ['the state must be Okta\'s ("provider": "okta")', entra],
    ["version must be 1", { ...okta, version: 2 }],
    ["target must be text", { ...okta, target: null }],
    ["stepsDone must be a whole number from 0", { ...okta, stepsDone: -1 }],
    ["actionsDone must be a whole number from 0", { ...okta, actionsDone: 0.5 }],
    ["tasks must be a list", { ...okta, tasks: {} }],
  ])("Okta: is refused where it is damaged: %s", async (problem, value) => {
    await expect(readMemory(value, documentedOktaSettings)).rejects.toMatchObject({
      code: "invalid-file",
      message: `This is not a valid state file for Okta: ${problem}.`,
    });
  });

  test.each<[problem: string, value: JsonValue]>([
    ["the state must be an object", []],
    ['the state must be Entra ID\'s ("provider": "entra")', okta],
    ["version must be 1", { ...entra, version: 2 }],
    ["target must be text", { ...entra, target: null }],
  ])("Entra ID: is refused where it is damaged: %s", async (problem, value) => {
    await expect(readMemory(value, documentedEntraSettings)).rejects.toMatchObject({
      code: "invalid-file",
      message: `This is not a valid state file for Entra ID: ${problem}.`,
    });
  });
});
