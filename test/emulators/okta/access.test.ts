/** Who may call the emulated Okta: tokens, scopes, roles, and what a refusal says. */

import { beforeAll, describe, expect, test } from "vitest";
import { oktaOperations } from "../../../src/emulators/okta/okta-api.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import { serviceAppWithKey, tokenOf } from "../../support/okta-service-app.ts";

const ada = "ada@example.com";
const directory = aDirectory({
  users: [aUser(ada), aUser("bob@example.com")],
  groups: [aGroup("data", [ada]), aGroup("ops")],
  assignedGroups: ["data", "ops"],
});

const allScopes = [...new Set(oktaOperations.flatMap(({ scopes }) => scopes))];

describe("every operation", () => {
  let emulated: EmulatedOkta;
  const apps = new Map<string, string>();

  beforeAll(async () => {
    const { app: full, key } = serviceAppWithKey({ clientId: "0oafull", scopes: allScopes });
    const lacking = allScopes.map((scope) => {
      const scopes = allScopes.filter((one) => one !== scope && one !== scope.replace(/\.read$/, ".manage"));
      return { ...full, clientId: `without ${scope}`, scopes };
    });
    emulated = await startEmulatedOkta({
      directory,
      keep: true,
      serviceApps: [full, { ...full, clientId: "0oanorole", hasAdminRole: false }, ...lacking],
      apiTokens: [
        { token: "reads", role: "read-only" },
        { token: "nothing", role: "none" },
      ],
    });
    for (const { clientId, scopes } of [full, { ...full, clientId: "0oanorole" }, ...lacking]) {
      apps.set(clientId, await tokenOf(emulated, { clientId, key, scopes }));
    }
    return () => emulated.stop();
  });

  const call = (operation: (typeof oktaOperations)[number], authorization: string) =>
    emulated.send(
      operation.method,
      operation.path.replace(":appId", emulated.company.appId).replaceAll(/:\w+/g, "x"),
      {
        authorization,
        ...(operation.method === "GET" || operation.method === "DELETE" ? {} : { body: {} }),
      },
    );

  const named = oktaOperations.map(
    (operation) => [`${operation.method} ${operation.path}`, operation] as const,
  );

  test.each(named)("%s is refused without credentials, and with a wrong token", async (_, operation) => {
    for (const authorization of ["", "SSWS wrong", "Bearer wrong", "SSWS", "Basic eDp5"]) {
      const { status, body } = await call(operation, authorization);
      expect([status, body.errorCode]).toEqual([401, "E0000011"]);
    }
  });

  test.each(named)("%s is refused without each of its scopes", async (_, operation) => {
    for (const scope of operation.scopes) {
      const { status, body, headers } = await call(operation, `Bearer ${apps.get(`without ${scope}`)}`);
      expect([scope, status, body.errorCode]).toEqual([scope, 403, "E0000006"]);
      expect(headers["www-authenticate"]).toContain(`scope="${operation.scopes.join(" ")}"`);
      expect(headers["www-authenticate"]).toContain('error="insufficient_scope"');
    }
  });

  test.each(named)("%s is refused without an admin role, whatever the scopes", async (_, operation) => {
    for (const authorization of [`Bearer ${apps.get("0oanorole")}`, "SSWS nothing"]) {
      const { status, body, headers } = await call(operation, authorization);
      expect([status, body.errorCode]).toEqual([403, "E0000006"]);
      expect(headers["www-authenticate"]).toBeUndefined();
    }
  });

  test.each(named)("%s is allowed with its scopes", async (_, operation) => {
    expect([401, 403]).not.toContain((await call(operation, `Bearer ${apps.get("0oafull")}`)).status);
  });

  test.each(named)("%s is allowed to a read-only administrator if it reads", async (_, operation) => {
    const { status } = await call(operation, "SSWS reads");
    expect(status === 403).toBe(operation.method !== "GET");
  });
});

test("manage includes read", async () => {
  const { app, key } = serviceAppWithKey({ clientId: "0oa1", scopes: ["okta.apps.manage"] });
  const emulated = await startEmulatedOkta({ directory, serviceApps: [app] });
  const token = await tokenOf(emulated, { clientId: "0oa1", key, scopes: app.scopes });
  const { status } = await emulated.send("GET", "/api/v1/apps", { authorization: `Bearer ${token}` });
  expect(status).toBe(200);
});

test("a role that does not reach everything leaves out of lists what it does not reach, and refuses it by id", async () => {
  const { get, app, switches } = await startEmulatedOkta({ directory });
  switches.hidden = new Set(["00g-data", "00u-ada"]);
  const ids = async (path: string): Promise<readonly string[]> =>
    (await get(path)).body.map(({ id, sourceGroupId }: Record<string, string>) => sourceGroupId ?? id);
  expect(await ids(`${app}/users`)).toEqual(["00u-bob"]);
  expect(await ids("/api/v1/users")).toEqual(["00u-bob"]);
  expect(await ids(`${app}/groups`)).toEqual(["00g-ops"]);
  expect(await ids(`${app}/group-push/mappings`)).toEqual(["00g-ops"]);
  expect(await ids('/api/v1/groups?search=type eq "OKTA_GROUP"')).toEqual(["00g-ops"]);
  for (const path of ["/api/v1/groups/00g-data", "/api/v1/groups/00g-data/users", `${app}/users/00u-ada`]) {
    const { status, body } = await get(path);
    expect([path, status, body.errorCode]).toEqual([path, 403, "E0000006"]);
  }
  switches.hidden = new Set(["00u-ada"]);
  expect(await ids("/api/v1/groups/00g-data/users")).toEqual([]);
  const { body } = await get('/api/v1/groups?search=id eq "00g-data"&expand=stats');
  expect(body[0]._embedded.stats.usersCount).toBe(1);
});
