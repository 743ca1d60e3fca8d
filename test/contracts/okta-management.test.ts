/** The emulated Okta is held to Okta's published description, where it is beside the project. */

import { beforeAll, describe, expect, test } from "vitest";
import { oktaOperations } from "../../src/emulators/okta/okta-api.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta } from "../support/emulated-okta.ts";
import { readOktaContract, withoutOktaContract, type OktaExchange } from "../support/okta-contract.ts";

const contract = readOktaContract();

test("the published description is there, and has operations", ({ skip }) => {
  if (contract === undefined) {
    console.warn(withoutOktaContract);
    skip(withoutOktaContract);
  }
  expect(contract?.scopes.size).toBeGreaterThan(40);
});

/** The description that is there has no group rules (Okta API: Group Rules). */
const declaredOperations = oktaOperations.filter(({ path }) => path !== "/api/v1/groups/rules");

const ada = "ada@example.com";
const directory = aDirectory({
  users: [aUser(ada), aUser("bob@example.com"), aUser("gone@example.com", { status: "deactivated" })],
  groups: [aGroup("data", [ada]), aGroup("ops"), aGroup("free")],
  assignedGroups: ["data"],
  pushedGroups: ["data"],
});

/** Every operation once, in an order in which each finds what it needs. */
const calls: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ["GET", "/api/v1/apps?q=Astro&limit=20"],
  ["GET", "/api/v1/apps/{appId}"],
  ["GET", "/api/v1/apps/{appId}/features"],
  ["GET", "/api/v1/apps/{appId}/features/USER_PROVISIONING"],
  [
    "PUT",
    "/api/v1/apps/{appId}/features/USER_PROVISIONING",
    { create: { lifecycleCreate: { status: "ENABLED" } } },
  ],
  ["GET", "/api/v1/apps/{appId}/connections/default"],
  ["GET", "/api/v1/apps/{appId}/users?limit=500&expand=user"],
  ["GET", "/api/v1/apps/{appId}/users/00u-ada?expand=user"],
  ["GET", "/api/v1/apps/{appId}/users/00u-nobody"],
  ["DELETE", "/api/v1/apps/{appId}/users/00u-bob?sendEmail=false"],
  [
    "POST",
    "/api/v1/apps/{appId}/users",
    { id: "00u-bob", scope: "USER", credentials: { userName: "bob@example.com" } },
  ],
  ["GET", "/api/v1/apps/{appId}/groups?limit=200&expand=group"],
  ["PUT", "/api/v1/apps/{appId}/groups/00g-ops", { priority: 0 }],
  ["GET", "/api/v1/apps/{appId}/groups/00g-ops"],
  ["DELETE", "/api/v1/apps/{appId}/groups/00g-ops"],
  ["GET", "/api/v1/apps/{appId}/group-push/mappings?limit=1000&status=ACTIVE"],
  [
    "POST",
    "/api/v1/apps/{appId}/group-push/mappings",
    { sourceGroupId: "00g-ops", status: "ACTIVE", targetGroupName: "ops" },
  ],
  ["GET", "/api/v1/apps/{appId}/group-push/mappings/{mappingId}"],
  ["PATCH", "/api/v1/apps/{appId}/group-push/mappings/{mappingId}", { status: "INACTIVE" }],
  ["DELETE", "/api/v1/apps/{appId}/group-push/mappings/{mappingId}?deleteTargetGroup=false"],
  ["GET", '/api/v1/groups?search=type eq "OKTA_GROUP"&limit=200&expand=stats'],
  ["GET", "/api/v1/groups/00g-data"],
  ["GET", "/api/v1/groups/00g-data/users?limit=200"],
  ["PUT", "/api/v1/groups/00g-data/users/00u-bob"],
  ["DELETE", "/api/v1/groups/00g-data/users/00u-bob"],
  ["POST", "/api/v1/groups", { profile: { name: "new", description: "A new one" } }],
  ["PUT", "/api/v1/groups/00g-free", { profile: { name: "renamed" } }],
  ["DELETE", "/api/v1/groups/00g-free"],
  ["GET", "/api/v1/users?limit=200"],
  ["GET", "/api/v1/users/00u-ada"],
  [
    "POST",
    "/api/v1/users?activate=true",
    { profile: { firstName: "Eve", lastName: "X", email: "eve@example.com", login: "eve@example.com" } },
  ],
  ["POST", "/api/v1/users/00u-ada", { profile: { nickName: "countess" } }],
  ["PUT", "/api/v1/users/00u-ada", { profile: { firstName: "Ada", lastName: "Y", email: ada, login: ada } }],
  ["POST", "/api/v1/users/00u-ada/lifecycle/suspend"],
  ["POST", "/api/v1/users/00u-ada/lifecycle/unsuspend"],
  ["POST", "/api/v1/users/00u-bob/lifecycle/deactivate"],
  ["POST", "/api/v1/users/00u-bob/lifecycle/activate?sendEmail=false"],
  ["DELETE", "/api/v1/users/00u-gone"],
  ["GET", "/api/v1/mappings?targetId={appId}"],
  ["GET", "/api/v1/mappings/{profileMappingId}"],
  [
    "POST",
    "/api/v1/mappings/{profileMappingId}",
    { properties: { givenName: { expression: "user.firstName", pushStatus: "PUSH" } } },
  ],
  ["GET", "/api/v1/meta/schemas/apps/{appId}/default"],
  ["GET", "/api/v1/logs?since=2026-01-01T00:00:00Z&limit=1000&sortOrder=DESCENDING"],
];

describe.skipIf(contract === undefined)("by the published description", () => {
  const exchanges: OktaExchange[] = [];
  let emulated: EmulatedOkta | undefined;

  beforeAll(async () => {
    emulated = await startEmulatedOkta({ directory, keep: true });
    await emulated.company.settled();
    for (const [method, path, body] of calls) exchanges.push(await exchange(emulated, method, path, body));
    return () => emulated?.stop();
  });

  test("every operation of the emulator is declared, with the same scopes", () => {
    for (const { method, path, scopes } of declaredOperations) {
      const [name, declared] =
        [...(contract?.scopes ?? [])].find(([one]) => sameRoute(one, `${method} ${path}`)) ?? [];
      expect({ path, name: name !== undefined, scopes: declared }).toEqual({ path, name: true, scopes });
    }
  });

  test("every operation is called", () => {
    const called = declaredOperations.filter(({ method, path }) =>
      exchanges.some((one) => sameRoute(`${one.method} ${one.path.split("?")[0]}`, `${method} ${path}`)),
    );
    expect(called.length).toBe(declaredOperations.length);
    expect(
      exchanges.filter(({ answer }) => answer.status >= 400).map(({ path }) => path.split("/").at(-1)),
    ).toEqual(["00u-nobody"]);
  });

  test.each(calls.map(([method, path], index) => [`${method} ${path}`, index] as const))("%s", (_, index) => {
    const held = exchanges[index];
    if (held === undefined || contract === undefined) throw new Error("was not called");
    const { errors } = contract.answerComplaints(held);
    expect(errors).toEqual([]);
    // The description takes the properties of a mapping for one property: its own example breaks it.
    if (held.method === "POST" && held.path.startsWith("/api/v1/mappings/")) return;
    expect(contract.requestComplaints(held).errors).toEqual([]);
  });

  test("null stands where a value is declared only where Okta's own examples have it", () => {
    const warnings = exchanges.flatMap((held) => contract?.answerComplaints(held).warnings ?? []);
    const places = warnings.map((text) => text.replaceAll(/\/\d+(?=\/)/g, "").replace(/ must .*/, ""));
    expect([...new Set(places)].toSorted()).toEqual([
      "answer/accessibility/errorRedirectUrl",
      "answer/accessibility/loginRedirectUrl",
      "answer/actor/detailEntry",
      "answer/client/device",
      "answer/client/geographicalContext",
      "answer/client/id",
      "answer/client/ipAddress",
      "answer/client/userAgent",
      "answer/client/zone",
      "answer/outcome/reason",
      "answer/profile",
      "answer/profile/description",
      "answer/target/detailEntry",
    ]);
  });
});

async function exchange(
  emulated: EmulatedOkta,
  method: string,
  path: string,
  body: unknown,
): Promise<OktaExchange> {
  const { company, get, app, send } = emulated;
  const named: Readonly<Record<string, () => Promise<string>>> = {
    appId: async () => company.appId,
    mappingId: async () => (await get(`${app}/group-push/mappings?sourceGroupId=00g-ops`)).body[0].id,
    profileMappingId: async () => (await get(`/api/v1/mappings?targetId=${company.appId}`)).body[0].id,
  };
  let actual = path;
  for (const [name, find] of Object.entries(named)) {
    if (path.includes(`{${name}}`)) actual = actual.replace(`{${name}}`, await find());
  }
  await company.settled();
  const { status, body: answered } = await send(method, encodeURI(actual), { body });
  return {
    method,
    path: actual,
    ...(body === undefined ? {} : { body }),
    answer: { status, body: answered },
  };
}

/** `GET /api/v1/users/{id}` is `GET /api/v1/users/:userId`. */
function sameRoute(one: string, route: string): boolean {
  const [parts, others] = [one.split("/"), route.split("/")];
  return (
    parts.length === others.length && others.every((part, at) => part.startsWith(":") || part === parts[at])
  );
}
