/** Writes that are right, in the spellings of RFC 7644, Okta and Entra: what a fuzz test breaks. */

import { enterpriseUrn } from "./scim-model.ts";

/** What the requests are thrown at. */
export interface Prey {
  /** Path of the SCIM base URL. */
  readonly base: string;
  readonly token: string;
  /** Resources that may be changed: two users, and a Team. */
  readonly userIds: readonly [string, string];
  readonly teamId: string;
  /** Names that others have, who must not be changed: a user's, and a Team's. */
  readonly takenNames: readonly [string, string];
}

export interface RightRequest {
  readonly method: string;
  /** Below the SCIM base URL. */
  readonly path: string;
  readonly body: object;
}

export const json = { "content-type": "application/scim+json" };

const message = "urn:ietf:params:scim:api:messages:2.0";

/** `userName` is the one that a new user is to have. */
export function rightRequests(prey: Prey, userName: string): readonly RightRequest[] {
  const { userIds, teamId, takenNames } = prey;
  const [user] = userIds;
  const newUser = person(userName, userIds);
  const newTeam = group(takenNames[1], user);
  return [
    { method: "POST", path: "/Users", body: newUser },
    { method: "PUT", path: `/Users/${user}`, body: person("prey@example.com", userIds) },
    { method: "PATCH", path: `/Users/${user}`, body: userPatch(userIds) },
    { method: "POST", path: "/Groups", body: newTeam },
    { method: "PUT", path: `/Groups/${teamId}`, body: group("prey", user) },
    { method: "PATCH", path: `/Groups/${teamId}`, body: teamPatch(prey) },
    {
      method: "POST",
      path: "/.search",
      body: search({ filter: 'userName sw "p"', sortBy: "id", count: 10 }),
    },
    { method: "POST", path: "/Users/.search", body: search({ startIndex: 1, count: 2, attributes: ["id"] }) },
    {
      method: "POST",
      path: "/Groups/.search",
      body: search({ cursor: "", count: 2, sortOrder: "descending" }),
    },
    { method: "POST", path: "/Bulk", body: bulk(prey, newUser) },
  ];
}

function person(userName: string, [, managerId]: Prey["userIds"]): object {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterpriseUrn],
    userName,
    externalId: "00u1",
    name: { givenName: "A", familyName: "B" },
    active: true,
    emails: [{ value: "a@example.com", type: "work", primary: true }],
    addresses: [{ type: "work", streetAddress: "1 Way", country: "USA" }],
    [enterpriseUrn]: { department: "D", manager: { value: managerId } },
  };
}

function group(displayName: string, memberId: string): object {
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
  return { schemas, displayName, members: [{ value: memberId }] };
}

function userPatch([, managerId]: Prey["userIds"]): object {
  return patch(
    { op: "replace", path: 'emails[type eq "work" and value co "@"].value', value: "b@example.com" },
    { op: "Add", path: `${enterpriseUrn}:manager`, value: managerId },
    { op: "remove", path: "name.givenName" },
    {
      op: "replace",
      value: { active: "False", "name.familyName": "C", [enterpriseUrn]: { department: "E" } },
    },
  );
}

function teamPatch({ userIds: [user, other], teamId }: Prey): object {
  return patch(
    { op: "add", path: "members", value: [{ value: user }, { value: other, display: null }] },
    { op: "Remove", path: "members", value: [{ $ref: null, value: user }] },
    { op: "remove", path: `members[value eq "${other}" or display sw "p"]` },
    { op: "replace", value: { id: teamId, displayName: "prey" } },
  );
}

function bulk({ teamId, userIds: [user] }: Prey, newUser: object): object {
  const join = patch({ op: "add", path: "members", value: [{ value: "bulkId:q" }] });
  return {
    schemas: [`${message}:BulkRequest`],
    failOnErrors: 1,
    Operations: [
      { method: "POST", path: "/Users", bulkId: "q", data: newUser },
      { method: "PATCH", path: `/Groups/${teamId}`, data: join },
      { method: "PUT", path: `/Users/${user}`, version: 'W/"1"', data: newUser },
    ],
  };
}

function search(asked: object): object {
  return { schemas: [`${message}:SearchRequest`], ...asked };
}

function patch(...Operations: readonly object[]): object {
  return { schemas: [`${message}:PatchOp`], Operations };
}
