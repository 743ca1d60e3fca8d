/** Cases of the rows on requests and answers. */

import type { requestRows } from "../../../src/astro/behaviour/requests.ts";
import { groupBody, made, userBody, type BehaviourCases } from "../../support/behaviour-case.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";

const status = async (client: ScimClient, path: string): Promise<number> => (await client.get(path)).status;

const threeUsers = async (client: ScimClient): Promise<void> => {
  for (const userName of ["ada", "grace", "joan"]) await made(client.post("/Users", userBody({ userName })));
};

export const requestCases: BehaviourCases<typeof requestRows> = {
  scimIntegration: {
    ask: (client) => status(client, "/Users"),
    answers: { on: 200, forbidden: 403, "not-found": 404 },
  },
  tokenRole: {
    ask: (client) => status(client, "/Users"),
    answers: { owner: 200, member: 403 },
  },
  unknownOrganization: {
    ask: async (_client, { url, organizationId, token }) =>
      status(scimClient({ url: url.replace(organizationId, "another"), token }), "/Users"),
    answers: { "not-found": 404, forbidden: 403 },
  },
  errorBody: {
    ask: async (client) => {
      const { headers, body } = await client.get("/Users/nobody");
      return [headers["content-type"], Object.keys(body).toSorted()];
    },
    answers: {
      scim: ["application/scim+json", ["detail", "schemas", "status"]],
      astro: ["application/json", ["message", "requestId", "statusCode"]],
    },
  },
  contentType: {
    ask: async (client) => {
      const accepted: string[] = [];
      for (const type of ["application/scim+json", "application/json; charset=utf-8", "", "text/plain"]) {
        const headers: Readonly<Record<string, string>> = type === "" ? {} : { "content-type": type };
        const text = JSON.stringify(userBody({ userName: `sent as ${type}` }));
        const answer = await client.send("POST", "/Users", { headers, text });
        if (answer.status === 201) accepted.push(type);
        else if (answer.status !== 415) throw new Error(answer.text);
      }
      return accepted;
    },
    answers: {
      any: ["application/scim+json", "application/json; charset=utf-8", "", "text/plain"],
      json: ["application/scim+json", "application/json; charset=utf-8", ""],
      named: ["application/scim+json", "application/json; charset=utf-8"],
      scim: ["application/scim+json"],
    },
  },
  answerCharset: {
    ask: async (client) => {
      const answers = [await client.get("/Users"), await client.get("/Users/nobody")];
      return answers.map(({ headers }) => headers["content-type"]);
    },
    answers: {
      none: ["application/scim+json", "application/scim+json"],
      "utf-8": ["application/scim+json; charset=utf-8", "application/scim+json; charset=utf-8"],
    },
  },
  cursorPaging: {
    ask: async (client) => {
      await threeUsers(client);
      const config = await client.get("/ServiceProviderConfig");
      const { status: found, body } = await client.get("/Users?cursor&count=2");
      return [found, body.startIndex, typeof body.nextCursor, config.body.pagination?.cursor];
    },
    answers: { off: [200, 1, "undefined", undefined], on: [200, undefined, "string", true] },
  },
  discovery: {
    ask: async (client) => {
      const paths = ["/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas"];
      return Promise.all(paths.map((path) => status(client, path)));
    },
    answers: { serve: [200, 200, 200, 200], "not-found": [404, 404, 404, 404] },
  },
  patchUserAnswer: {
    ask: async (client) => {
      const id = await made(client.post("/Users", userBody()));
      const change = { op: "replace", path: "title", value: "Dr." };
      const plain = await client.patch(`/Users/${id}`, change);
      const asked = await client.patch(`/Users/${id}?attributes=title`, change);
      return [plain.status, plain.body?.title, asked.status];
    },
    answers: { resource: [200, "Dr.", 200], "no-content": [204, undefined, 200] },
  },
  patchTeamAnswer: {
    ask: async (client) => {
      const id = await made(client.post("/Groups", groupBody()));
      const change = { op: "replace", path: "displayName", value: "renamed" };
      const plain = await client.patch(`/Groups/${id}`, change);
      const asked = await client.patch(`/Groups/${id}?attributes=displayName`, change);
      return [plain.status, plain.body?.displayName, asked.status];
    },
    answers: { "no-content": [204, undefined, 200], resource: [200, "renamed", 200] },
  },
  defaultCount: {
    ask: async (client) => {
      await threeUsers(client);
      const { body } = await client.get("/Users");
      return [body.itemsPerPage, body.totalResults];
    },
    answers: { 1: [1, 3], 2: [2, 3], 1000: [3, 3] },
  },
  maxCount: {
    ask: async (client) => {
      await threeUsers(client);
      const { body } = await client.get("/Users?count=3");
      const announced = await client.get("/ServiceProviderConfig");
      return [body.itemsPerPage, announced.body.filter.maxResults];
    },
    answers: { 1: [1, 1], 2: [2, 2], 1000: [3, 1000] },
  },
};
