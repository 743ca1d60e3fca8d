import { describe, expect, test } from "vitest";

import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import { requestShapes } from "../../../src/idp/entra/requests/request-shapes.ts";
import { lookUp, readById, remove } from "../../../src/idp/entra/requests/requests.ts";

const shapes = requestShapes(documentedEntraSettings, "cycle");

describe("a value in a filter (.NET: HttpUtility.UrlEncode)", () => {
  test.each<[value: string, encoded: string]>([
    ["ada@example.com", "ada%40example.com"],
    ["R&D + Ops #1", "R%26D+%2b+Ops+%231"],
    ["José Ñ", "Jos%c3%a9+%c3%91"],
    ["a~b'c", "a%7eb%27c"],
    ["a!b*c(d)_e-f.g", "a!b*c(d)_e-f.g"],
    ['the "best"', "the+%22best%22"],
    ["50%", "50%25"],
    ["half \uD83D", "half+%ef%bf%bd"],
  ])("%s", (value, encoded) => {
    expect(lookUp("/Users", { attribute: "userName", value }, shapes).path).toBe(
      `/Users?filter=userName+eq+%22${encoded}%22`,
    );
  });
});

describe("an id in a path (.NET: Uri.EscapeDataString)", () => {
  test.each<[scimId: string, escaped: string]>([
    ["2819c223-7f76-453a", "2819c223-7f76-453a"],
    ["a/b?c#d", "a%2Fb%3Fc%23d"],
    ["a!b*c(d)'e~f", "a%21b%2Ac%28d%29%27e~f"],
  ])("%s", (scimId, escaped) => {
    expect(readById("/Users", scimId, shapes).path).toBe(`/Users/${escaped}`);
    expect(readById("/Groups", scimId, shapes).path).toBe(`/Groups/${escaped}?excludedAttributes=members`);
    expect(remove("/Groups", scimId, shapes).path).toBe(`/Groups/${escaped}`);
  });
});
