/** How `why` is asked: names, ids, what is not clear, what could not be read, and how it ends. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";
import { oktaToken, startEmulatedOkta, type EmulatedOkta } from "../support/emulated-okta.ts";
import { whyShape } from "../support/json-shapes.ts";
import { startLyingProxy } from "../support/lying-proxy.ts";
import { runCommand } from "../support/run-command.ts";
import { scimClient } from "../support/scim-client.ts";
import { tellWhy, tellWhyInText, type Asked } from "../support/telling-why.ts";
import { tempFolder } from "../support/temp-folder.ts";

const at = (name: string): string => `${name}@example.com`;

describe("of a live Okta", () => {
  let emulated: EmulatedOkta;
  let asked: Asked;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    emulated = await startEmulatedOkta({
      directory: aDirectory({
        users: [
          aUser(at("ada"), { profile: { login: "ada.login@example.com" } }),
          aUser(at("rob")),
          aUser(at("una")),
          aUser(at("data")),
        ],
        groups: [aGroup("data", [at("ada"), at("rob")]), aGroup(at("data"), [at("ada")])],
        assignedUsers: [at("ada"), at("rob"), at("data")],
      }),
      keep: true,
    });
    await emulated.company.settled();
    const { astro, okta } = emulated;
    const scim = scimClient(astro);
    for (const { id, userName } of (await scim.get("/Users?count=100")).body.Resources) ids.set(userName, id);
    await scim.send("DELETE", `/Users/${ids.get(at("rob"))}`, { headers: { "user-agent": "curl/8" } });
    const source = ["--from", "okta", "--okta-url", okta.url, "--okta-app", "Astro"];
    asked = { source, env: { OKTA_CLIENT_TOKEN: oktaToken }, astro };
  });
  afterAll(() => emulated.stop());

  test.each([
    ["the userName", at("ada")],
    ["the userName in another case", at("ADA")],
    ["the login", "ada.login@example.com"],
    ["Okta's ID", "00u-ada"],
  ])("a user is named by %s", async (_how, name) => {
    const { story, status } = await tellWhy([name], asked);
    expect([story.kind, story.name, status]).toEqual(["user", at("ada"), 0]);
  });

  test("a user is named by the SCIM ID", async () => {
    const { story } = await tellWhy([ids.get(at("ada")) ?? ""], asked);
    expect(story.name).toBe(at("ada"));
  });

  test("a Team is named by Okta's ID of its group", async () => {
    const { story } = await tellWhy(["00g-data"], asked);
    expect([story.kind, story.name]).toEqual(["team", "data"]);
  });

  test("--user and --team decide where a user and a Team have one name", async () => {
    const both = await tellWhyInText([at("data")], asked);
    expect(both.stderr).toMatch(
      /"data@example\.com" is the name of a user and of a Team\.\nAdd --user or --team\./,
    );
    expect(both.status).toBe(1);
    expect((await tellWhy([at("data"), "--team"], asked)).story.kind).toBe("team");
    expect((await tellWhy([at("data"), "--user"], asked)).story.kind).toBe("user");
  });

  test("a name that is not there is answered with similar ones", async () => {
    const { stderr, status } = await tellWhyInText(["adda@example.com"], asked);
    expect(stderr).toMatch(
      /There is no user or Team "adda@example\.com", .*\nDid you mean ada@example\.com\?/,
    );
    expect(status).toBe(1);
  });

  test("users outside the app who cannot be read are named, and nobody is said not to be there", async () => {
    const proxied = await startLyingProxy(emulated.okta.url, (path) =>
      path.startsWith("/api/v1/users/") ? { status: 502, body: "" } : undefined,
    );
    try {
      const source = asked.source.map((word) => (word === emulated.okta.url ? proxied.url : word));
      const { stderr, status } = await tellWhyInText([at("nobody")], { ...asked, source });
      expect([stderr, status]).toEqual([
        expect.stringMatching(/Nothing that could be read has .*users outside the app could not be read/),
        3,
      ]);
    } finally {
      await proxied.close();
    }
  });

  test("a user outside the app is not meant by a part of the login", async () => {
    const { status } = await tellWhyInText(["una", "--user"], asked);
    expect(status).toBe(1);
  });

  test("a user who is not assigned and has no account is as it should be", async () => {
    const { story, status } = await tellWhy([at("una"), "--user"], asked);
    expect([story.verdict, status]).toEqual(["fine", 0]);
    expect(story.explanation).toMatch(
      /should have no active account, and has none \(.*not assigned to the app\)/,
    );
  });

  test("the result has the documented shape", async () => {
    for (const name of [at("ada"), at("rob"), "data"]) {
      expect(whyShape.safeParse((await tellWhy([name], asked)).story).error).toBeUndefined();
    }
  });

  test("each member who differs has a reason", async () => {
    const { story, causes, status } = await tellWhy(["data"], asked);
    expect(story.members).toEqual([
      {
        side: "missing",
        team: "data",
        userName: at("rob"),
        fact: "in the group, and without an account in Astro",
        causes: ["removed-in-astro"],
      },
    ]);
    expect([causes, status]).toEqual([["removed-in-astro"], 1]);
  });

  test("it writes nothing", async () => {
    const before = emulated.requests.length;
    await tellWhyInText([at("rob")], asked);
    expect(emulated.requests.slice(before).filter((request) => !request.startsWith("GET "))).toEqual([]);
  });

  test("where Astro cannot be read, what the provider says is told, and nothing is compared", async () => {
    const { story, status } = await tellWhy([at("rob")], {
      ...asked,
      astro: { ...asked.astro, token: "wrong" },
    });
    expect([story.verdict, story.symptoms, story.causes, status]).toEqual(["cannot-tell", [], [], 3]);
    expect(story.explanation).toMatch(/^Astro could not be read, so nothing was compared/);
    expect(story.unread[0].what).toBe("Astro");
    expect(story.events.map(({ log }: { log: string }) => log)).toContain("provider");
  });

  test("where the directory cannot be read, what Astro says is told, and nothing is compared", async () => {
    const { story, status } = await tellWhy([at("ada")], { ...asked, env: { OKTA_CLIENT_TOKEN: "wrong" } });
    expect([story.verdict, story.symptoms, story.causes, status]).toEqual(["cannot-tell", [], [], 3]);
    expect(story.explanation).toMatch(/^the directory could not be read/);
    expect(story.facts[2].lines[0].text).toMatch(/^ada@example\.com \(active\)/);
  });

  test("where neither can be read, the first error ends it", async () => {
    const wrong = {
      ...asked,
      env: { OKTA_CLIENT_TOKEN: "wrong" },
      astro: { ...asked.astro, token: "wrong" },
    };
    expect((await tellWhyInText([at("ada")], wrong)).status).toBe(4);
  });
});

describe("where a log cannot be read", () => {
  test("an account that is gone was likely removed, and nobody is named", async () => {
    const { okta, company, astro, stop } = await startEmulatedOkta({
      directory: aDirectory({ users: [aUser(at("rob"))] }),
      keep: true,
    });
    try {
      await company.settled();
      const scim = scimClient(astro);
      const [{ id }] = (await scim.get("/Users")).body.Resources;
      await scim.send("DELETE", `/Users/${id}`);
      astro.faults.set(["status=403,path=/audit-logs"]);
      const source = ["--from", "okta", "--okta-url", okta.url, "--okta-app", "Astro"];
      const { story, causes } = await tellWhy([at("rob")], {
        source,
        env: { OKTA_CLIENT_TOKEN: oktaToken },
        astro,
      });
      expect(causes).toEqual(["account-gone"]);
      expect(story.causes[0].sure).toBe("likely");
      expect(story.unread).toMatchObject([{ what: "Astro's audit log" }]);
    } finally {
      await stop();
    }
  });
});

describe("of a fixture", () => {
  test.each([
    ["ian.walsh@example.com", ["suspended"], 1],
    ["amara.okafor@example.com", [], 0],
    ["maria.silva@example.com", ["renamed"], 1],
    ["jose.ibanez@example.com", [], 3],
    ["platform-owner@example.com", [], 0],
  ])("%s ends with what a file can tell", async (name, causes, status) => {
    const { stdout, status: ended } = await runCommand(["why", name, "--json"]);
    const story = whyShape.parse(JSON.parse(stdout));
    expect([story.causes.map(({ id }) => id), ended]).toEqual([causes, status]);
  });

  test("a user is told apart from a Team by nothing but the name that is given", async () => {
    const folder = await tempFolder({ "c.yaml": "idp: okta\nusers:\n  - { email: a@example.com }\n" });
    const { stdout } = await runCommand(["why", "a@example.com", "--from", "c.yaml", "--json"], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toMatchObject({ kind: "user", verdict: "cannot-tell" });
  });

  test.each([[["why", ""]], [["why", "a", "--user", "--team"]], [["why"]]])(
    "%j is wrong usage",
    async (argv) => {
      expect((await runCommand(argv)).status).toBe(64);
    },
  );
});
