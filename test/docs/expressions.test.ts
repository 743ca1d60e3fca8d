/**
 * docs/fixture.md lists the functions that expressions have; `npx vitest run test/docs/expressions.test.ts -u` writes its lists
 * anew.
 */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  findFunction as findOfEntra,
  functionNames,
} from "../../src/idp/entra/expression/functions/functions.ts";
import { appRoleFunctions } from "../../src/idp/entra/expression/functions/app-role-functions.ts";
import { conditionFunctions } from "../../src/idp/entra/expression/functions/condition-functions.ts";
import { conversionFunctions } from "../../src/idp/entra/expression/functions/conversion-functions.ts";
import { dateFunctions } from "../../src/idp/entra/expression/functions/date-functions.ts";
import { listFunctions } from "../../src/idp/entra/expression/functions/list-functions.ts";
import { randomFunctions } from "../../src/idp/entra/expression/functions/random-functions.ts";
import { replaceFunction } from "../../src/idp/entra/expression/functions/replace-function.ts";
import { textFunctions as textFunctionsOfEntra } from "../../src/idp/entra/expression/functions/text-functions.ts";
import { arrayFunctions } from "../../src/idp/okta/expression/functions/array-functions.ts";
import { convertFunctions } from "../../src/idp/okta/expression/functions/convert-functions.ts";
import { directoryFunctions } from "../../src/idp/okta/expression/functions/directory-functions.ts";
import { findFunction as findOfOkta } from "../../src/idp/okta/expression/functions/functions.ts";
import { membershipFunctions } from "../../src/idp/okta/expression/functions/membership-functions.ts";
import { stringFunctions } from "../../src/idp/okta/expression/functions/string-functions.ts";
import { timeFunctions } from "../../src/idp/okta/expression/functions/time-functions.ts";

interface Named {
  readonly name: string;
  readonly signature: string;
}

type Families = Readonly<Record<string, readonly Named[]>>;

const okta: Families = {
  texts: stringFunctions,
  lists: arrayFunctions,
  conversion: convertFunctions,
  time: timeFunctions,
  groups: membershipFunctions,
  "the user, the manager, other directories": directoryFunctions,
};

const entra: Families = {
  texts: [...textFunctionsOfEntra, replaceFunction],
  conditions: conditionFunctions,
  conversion: conversionFunctions,
  dates: dateFunctions,
  lists: listFunctions,
  "app roles": appRoleFunctions,
  random: randomFunctions,
};

const file = new URL("../../docs/fixture.md", import.meta.url);
const page = readFileSync(file, "utf8");

function tableOf(families: Families): string {
  const rows = Object.entries(families).map(([about, functions]) => {
    const signatures = functions.map(({ signature }) => `\`${signature}\``);
    return `| ${about} | ${signatures.join(", ")} |\n`;
  });
  return `| about | functions |\n| --- | --- |\n${rows.join("")}`;
}

test("docs/fixture.md lists the functions of each provider", async () => {
  const families: Readonly<Record<string, Families>> = { okta, entra };
  const written = page.replaceAll(
    /(<!-- functions of (\w+) -->\n)[^]*?(?=<!-- end -->)/g,
    (_, mark: string, provider: string) => `${mark}${tableOf(families[provider] ?? {})}`,
  );
  expect(written.match(/<!-- functions of /g)).toHaveLength(2);
  await expect(written).toMatchFileSnapshot(file.pathname);
});

describe("what is listed is what an expression finds", () => {
  const namesOf = (families: Families) =>
    Object.values(families).flatMap((all) => all.map(({ name }) => name));

  test("Okta", () => {
    for (const name of namesOf(okta)) expect(findOfOkta(name)).toHaveProperty("name", name);
  });

  test("Entra, where nothing is missing", () => {
    for (const name of namesOf(entra)) expect(findOfEntra(name)?.name).toBe(name);
    expect(namesOf(entra).toSorted()).toEqual([...functionNames].toSorted());
  });
});
