/** Links of the provider that lead nowhere, or to the wrong account or Team: seen, not mended by our repairs, and mended in its console. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { driftShape, repairShape } from "../support/json-shapes.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro, type WatchedAstroOptions } from "../support/watched-astro.ts";

const people = { okta: "{ email: $ }", entra: "{ mail: $, displayName: $, assigned: true }" } as const;

/** Ada and Eve, of whom Eve leaves or is assigned again in the steps that are given. */
function company(idp: keyof typeof people, steps: readonly string[] = [], extra = ""): string {
  const users = ["ada@example.com", "eve@example.com"].map(
    (name) => `  - ${people[idp].replaceAll("$", name)}\n`,
  );
  const provided = idp === "okta" ? "push: true" : "assign: true";
  const timeline = steps.map((action, index) => `  - { name: step ${index + 1}, do: [${action}] }\n`);
  return [
    `idp: ${idp}\nusers:\n${users.join("")}${extra}groups:\n  - { name: data, members: [ada@example.com], ${provided} }\n`,
    ...(timeline.length === 0 ? [] : [`timeline:\n${timeline.join("")}`]),
  ].join("");
}

interface Place {
  readonly astro: WatchedAstro;
  readonly cwd: string;
  readonly run: (command: string, ...words: readonly string[]) => Promise<CommandResult>;
  /** Writes the fixture anew: the same people, other steps. */
  readonly rewrite: (text: string) => Promise<void>;
  /** The file of the provider's memory. */
  readonly memory: () => Promise<string>;
  readonly idOf: (userName: string) => Promise<string>;
}

async function provisioned(
  idp: keyof typeof people,
  options: Partial<WatchedAstroOptions> & { readonly extra?: string; readonly status?: number } = {},
): Promise<Place> {
  const text = company(idp, [], options.extra);
  const astro = await startWatchedAstro({ ...options, fixture: text });
  const cwd = await tempFolder({ "company.yaml": text });
  const shared = ["--state", "memory.json", ...astro.target];
  const run: Place["run"] = (command, ...words) => {
    const from = command.startsWith("simulate") || command === "diff" ? [] : ["--from"];
    return runCommand([...command.split(" "), ...words, ...from, "company.yaml", ...shared], { cwd });
  };
  const first = await run(`simulate ${idp}`);
  expect(first.status).toBe(options.status ?? 0);
  return {
    astro,
    cwd,
    run,
    rewrite: (next) => writeFile(join(cwd, "company.yaml"), next),
    memory: () => readFile(join(cwd, "memory.json"), "utf8"),
    idOf: async (userName) => {
      const { body } = await astro.behind.get(`/Users?filter=userName%20eq%20"${userName}"`);
      return body.Resources[0].id;
    },
  };
}

async function changes({ run }: Pick<Place, "run">) {
  const { stdout, status } = await run("diff", "--json");
  const drift = driftShape.parse(JSON.parse(stdout));
  return { status, drift, kinds: drift.changes.map(({ kind }) => kind) };
}

describe("Okta: an account is deleted in Astro directly, and a repair creates it again", () => {
  test("diff exits with 2 and says that it is missing and that the link leads to an id that is gone", async () => {
    const place = await provisioned("okta");
    const id = await place.idOf("eve@example.com");
    await place.astro.behind.delete(`/Users/${id}`);
    const { status, stdout } = await place.run("diff");
    expect(status).toBe(2);
    expect(stdout).toContain(
      `  + eve@example.com  2 differences
      account  missing: assigned in the directory, no account in Astro
      link     broken: Okta is linked to the id ${id}, which is gone\n`,
    );
    expect(stdout).not.toContain("astro-scim resync");
    expect(stdout).toContain("unassign and assign the user in Okta; no command of astro-scim can do this");
    expect(stdout).toMatch(/^Next: astro-scim diff --from company\.yaml .* --state memory\.json$/m);
  });

  test("resync creates it, says that Okta is not linked to it, and is not done: exit status 1", async () => {
    const place = await provisioned("okta");
    const id = await place.idOf("eve@example.com");
    await place.astro.behind.delete(`/Users/${id}`);
    const { status, stdout } = await place.run("resync", "--all", "--yes");
    expect(status).toBe(1);
    expect(stdout).toContain("+ create the account eve@example.com");
    const line = `user eve@example.com  Okta is linked to the id ${id}, which is gone. Unassign and assign the user in Okta`;
    expect(stdout.split(line)).toHaveLength(3);
    expect((await place.astro.state()).users).toContain("eve@example.com");
    const { kinds, status: after } = await changes(place);
    expect(kinds).toEqual(["user-link-broken"]);
    expect(after).toBe(2);
  });

  test("resync again has nothing to write, and still does not call it well", async () => {
    const place = await provisioned("okta");
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    await place.run("resync", "eve@example.com", "--yes");
    place.astro.forget();
    for (const words of [["--all"], ["eve@example.com"]]) {
      const { status, stdout } = await place.run("resync", ...words, "--yes", "--json");
      const repair = repairShape.parse(JSON.parse(stdout));
      expect(repair.status).toBe("incomplete");
      expect(repair.leftOut).toMatchObject([
        { code: "provider-link", kind: "user", name: "eve@example.com" },
      ]);
      expect(status).toBe(1);
    }
    expect(place.astro.writes()).toEqual([]);
  });

  test("unassign and assign in Okta mend it: diff is clean, and the next time Eve leaves her account is deactivated", async () => {
    const place = await provisioned("okta");
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    await place.run("resync", "--all", "--yes");
    const again = ["unassign: eve@example.com", "assign: eve@example.com"];
    await place.rewrite(company("okta", again));
    await place.run("simulate okta");
    expect(await changes(place)).toMatchObject({ kinds: [], status: 0 });
    await place.rewrite(company("okta", [...again, "unassign: eve@example.com"]));
    await place.run("simulate okta");
    expect((await place.astro.state()).users).toEqual(["ada@example.com"]);
    expect(await changes(place)).toMatchObject({ kinds: [], status: 0 });
  });

  test("without the mending Eve's account stays active when she leaves: what is told beforehand is true", async () => {
    const place = await provisioned("okta");
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    await place.run("resync", "--all", "--yes");
    await place.rewrite(company("okta", ["unassign: eve@example.com"]));
    expect((await place.run("simulate okta")).status).toBe(1);
    expect((await place.astro.state()).users).toContain("eve@example.com");
    expect((await changes(place)).kinds).toEqual(["user-left-over"]);
  });

  test("a rehearsal's end says it, too: Astro holds everybody, and the rehearsal has failed", async () => {
    const place = await provisioned("okta");
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    await place.run("resync", "--all", "--yes");
    const { status, stdout } = await place.run("simulate okta", "--json");
    const { comparison } = JSON.parse(stdout);
    expect(comparison.drift.changes).toMatchObject([{ kind: "user-link-broken", problem: { kind: "gone" } }]);
    expect(status).toBe(1);
  });
});

describe("Okta: a link that leads to the wrong place", () => {
  test("another user's account: diff names it, and resync says what unassigning would do", async () => {
    const place = await provisioned("okta");
    const [ada, eve] = [await place.idOf("ada@example.com"), await place.idOf("eve@example.com")];
    await place.astro.behind.delete(`/Users/${eve}`);
    await place.run("resync", "--all", "--yes");
    const memory = await place.memory();
    await writeFile(join(place.cwd, "memory.json"), memory.replace(eve, ada));
    const { drift } = await changes(place);
    expect(drift.changes).toMatchObject([
      {
        kind: "user-link-broken",
        subject: { name: "eve@example.com", scimId: await place.idOf("eve@example.com") },
        problem: { kind: "other-user", scimId: ada, name: "ada@example.com" },
      },
    ]);
    const { stdout, status } = await place.run("resync", "eve@example.com", "--yes");
    expect(stdout).toContain("with it on, the other user's account is deactivated");
    expect(status).toBe(1);
  });

  test("an account that was renamed in Astro is the user's: resync renames it, and nothing is deleted", async () => {
    const place = await provisioned("okta");
    const id = await place.idOf("eve@example.com");
    await place.astro.behind.patch(
      `/Users/${id}`,
      { op: "replace", path: "userName", value: "eve.king@example.com" },
      { op: "remove", path: "externalId" },
    );
    const { drift } = await changes(place);
    expect(drift.changes).toMatchObject([
      { kind: "user-renamed", subject: { scimId: id }, held: "eve.king@example.com", evidence: "linked" },
    ]);
    expect((await place.run("delete", "--all", "--yes")).stdout).toContain("Nothing to do.");
    expect((await place.run("resync", "--all", "--yes")).status).toBe(0);
    expect(await place.idOf("eve@example.com")).toBe(id);
    expect(await changes(place)).toMatchObject({ kinds: [], status: 0 });
  });

  test("an account that the list hides is there when it is asked for: its link is not broken", async () => {
    const hidden: string[] = [];
    const place = await provisioned("okta", {
      after: (passing, answer) => {
        if (!passing.path.startsWith("/Users?") || hidden.length === 0) return undefined;
        const list = JSON.parse(answer.body);
        const Resources = list.Resources.filter(({ id }: { readonly id: string }) => !hidden.includes(id));
        const totalResults = list.totalResults - (list.Resources.length - Resources.length);
        const body = JSON.stringify({ ...list, Resources, totalResults, itemsPerPage: Resources.length });
        return { status: answer.status, headers: { "content-type": "application/scim+json" }, body };
      },
    });
    hidden.push(await place.idOf("eve@example.com"));
    expect((await changes(place)).kinds).toEqual(["user-missing"]);
    expect(place.astro.requests).toContain(`GET /Users/${hidden[0]}`);
  });

  test("an assignment that failed after the account was created: Okta never deactivates it", async () => {
    let fails = true;
    const place = await provisioned("okta", {
      status: 1,
      after: ({ method, path, body }, answer) =>
        fails && method === "POST" && path === "/Users" && body.includes("eve@")
          ? { ...answer, status: 500, headers: {}, body: "" }
          : undefined,
    });
    fails = false;
    const { drift, status } = await changes(place);
    expect(drift.changes).toMatchObject([
      {
        kind: "user-link-broken",
        problem: { kind: "not-linked", why: expect.stringContaining("the assignment failed") },
      },
    ]);
    expect(status).toBe(2);
    await place.rewrite(company("okta", ["unassign: eve@example.com"]));
    await place.run("simulate okta");
    expect((await place.astro.state()).users).toContain("eve@example.com");
  });

  test("a Team that is deleted, and created again by push-group: its mapping stays in ERROR until it is pushed anew", async () => {
    const place = await provisioned("okta");
    const { body } = await place.astro.behind.get('/Groups?filter=displayName%20eq%20"data"');
    await place.astro.behind.delete(`/Groups/${body.Resources[0].id}`);
    const pushed = await place.run("push-group", "data", "--yes");
    expect(pushed.stdout).toContain(
      "Unlink the group in Okta (Leave the group in the target app) and push it again",
    );
    expect(pushed.status).toBe(1);
    expect((await place.astro.state()).teams).toEqual({ data: ["ada@example.com"] });
    expect((await changes(place)).kinds).toEqual(["team-link-broken"]);
    const again = ["unpush: { group: data, team: leave }", "push: data"];
    await place.rewrite(company("okta", again));
    await place.run("simulate okta");
    expect(await changes(place)).toMatchObject({ kinds: [], status: 0 });
  });

  test("a push that failed: the mapping is in ERROR though the members are right, until Push now", async () => {
    let fails = false;
    const place = await provisioned("okta", {
      before: ({ method, path }) =>
        fails && method !== "GET" && path.startsWith("/Groups") ? 400 : undefined,
    });
    const joins = "add: { user: eve@example.com, to: data }";
    await place.rewrite(company("okta", [joins]));
    fails = true;
    await place.run("simulate okta");
    fails = false;
    await place.run("push-group", "data", "--yes");
    const { drift, status } = await changes(place);
    expect(drift.changes).toMatchObject([
      {
        kind: "team-link-broken",
        problem: { kind: "push-failed" },
        mend: expect.stringContaining("Push now"),
      },
    ]);
    expect(status).toBe(2);
    await place.rewrite(company("okta", [joins, "push-now: data"]));
    await place.run("simulate okta");
    expect(await changes(place)).toMatchObject({ kinds: [], status: 0 });
  });
});

describe("a dead id goes on as a member", () => {
  test("Okta: the push of the group fails, and both links are named; mended in this order they are well", async () => {
    const place = await provisioned("okta");
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    await place.run("resync", "--all", "--yes");
    const joins = "add: { user: eve@example.com, to: data }";
    await place.rewrite(company("okta", [joins]));
    await place.run("simulate okta");
    const { drift } = await changes(place);
    expect(drift.changes).toMatchObject([
      { kind: "user-link-broken", subject: { name: "eve@example.com" }, problem: { kind: "gone" } },
      { kind: "team-members-differ", missing: [{ userName: "eve@example.com" }] },
      { kind: "team-link-broken", subject: { name: "data" }, problem: { kind: "push-failed" } },
    ]);
    await place.rewrite(
      company("okta", [joins, "unassign: eve@example.com", "assign: eve@example.com", "push-now: data"]),
    );
    await place.run("simulate okta");
    expect(await changes(place)).toMatchObject({ kinds: [], status: 0 });
  });

  test("Entra ID: the membership is missing, which is a difference, whatever is said of the link", async () => {
    const place = await provisioned("entra");
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    await place.run("resync", "--all", "--yes");
    await place.rewrite(company("entra", ["add: { user: eve@example.com, to: data }"]));
    await place.run("simulate entra");
    const { drift, status } = await changes(place);
    expect(drift.changes).toMatchObject([
      { kind: "team-members-differ", missing: [{ userName: "eve@example.com" }] },
    ]);
    expect(drift.selfMendingLinks).toHaveLength(1);
    expect(status).toBe(2);
  });
});

describe("Entra ID matches again what is gone", () => {
  test("so a dead link is listed apart, counts for nothing, and the next one to leave is disabled", async () => {
    const place = await provisioned("entra");
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    expect((await changes(place)).kinds).toEqual(["user-missing"]);
    const repaired = await place.run("resync", "--all", "--yes");
    expect(repaired.status).toBe(0);
    const { drift, status } = await changes(place);
    expect(status).toBe(0);
    expect(drift.selfMendingLinks).toMatchObject([{ kind: "user-link-broken", problem: { kind: "gone" } }]);
    const { stdout } = await place.run("diff");
    expect(stdout).toContain(
      "Links that Entra ID repairs when it next works on the user or the group (not counted)",
    );
    await place.rewrite(company("entra", ["unassign: eve@example.com"]));
    await place.run("simulate entra");
    expect((await place.astro.state()).users).toEqual(["ada@example.com"]);
  });

  test.each(["delete: eve@example.com", "block: eve@example.com", "unassign: eve@example.com"])(
    "but creates no account for who leaves after it was deleted: %s",
    async (leaves) => {
      const place = await provisioned("entra");
      await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
      place.astro.forget();
      await place.rewrite(company("entra", [leaves]));
      expect((await place.run("simulate entra")).status).toBe(0);
      expect(place.astro.writes()).toEqual([]);
      expect(await changes(place)).toMatchObject({ kinds: [], status: 0, drift: { selfMendingLinks: [] } });
    },
  );

  test.each(["entraReadBeforeUpdate", "entraReadBeforeMembers"])(
    "and a link is not said to mend itself where nothing is read before a change: %s",
    async (choice) => {
      const place = await provisioned("entra", { extra: `fidelity: { ${choice}: none }\n` });
      await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
      expect((await changes(place)).kinds).toEqual(["user-missing", "user-link-broken"]);
    },
  );

  test("unless it is InvalidAnchor until a restart: then the link is broken", async () => {
    const place = await provisioned("entra", {
      extra: "fidelity: { entraGoneAccount: invalid-anchor }\n",
    });
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    const { stdout, status } = await place.run("resync", "--all", "--yes");
    expect(stdout).toContain("Entra ID is linked to the id");
    expect(stdout).toContain("Restart provisioning in Entra ID");
    expect(status).toBe(1);
  });
});

describe("without the provider's memory", () => {
  test.each([
    ["okta", "Unassign and assign the users of these accounts in Okta"],
    ["entra", "Provision the users of these accounts on demand in Entra ID"],
  ] as const)("a plan for %s that creates an account says what is unknown", async (idp, note) => {
    const place = await provisioned(idp);
    await place.astro.behind.delete(`/Users/${await place.idOf("eve@example.com")}`);
    const words = ["resync", "--all", "--from", "company.yaml", ...place.astro.target];
    const { stdout, status } = await runCommand([...words, "--yes"], { cwd: place.cwd });
    expect(stdout).toMatch(/^Note: /m);
    expect(stdout).toContain(note);
    expect(status).toBe(0);
    const again = await runCommand([...words, "--yes"], { cwd: place.cwd });
    expect(again.stdout).not.toContain("Note:");
  });
});
