/** Cases of the rows on bodies. */

import type { bodyRows } from "../../../src/astro/behaviour/bodies.ts";
import {
  core,
  enterprise,
  made,
  userBody,
  verdict,
  type BehaviourCases,
} from "../../support/behaviour-case.ts";
import type { ScimClient } from "../../support/scim-client.ts";

const create = (client: ScimClient, attributes: object): Promise<string> =>
  verdict(client.post("/Users", userBody(attributes)));

const manager = `${enterprise}:manager`;

export const bodyCases: BehaviourCases<typeof bodyRows> = {
  textBooleans: {
    ask: async (client) => {
      const id = await made(client.post("/Users", userBody()));
      const patched = await verdict(
        client.patch(`/Users/${id}`, { op: "replace", path: "active", value: "False" }),
      );
      const filter = encodeURIComponent('active eq "False"');
      return [patched, await verdict(client.get(`/Users?filter=${filter}`))];
    },
    answers: { accept: ["200", "200"], refuse: ["400 invalidValue", "400 invalidFilter"] },
  },
  singleValues: {
    ask: (client) => create(client, { emails: { value: "ada@example.com" } }),
    answers: { accept: "201", refuse: "400 invalidValue" },
  },
  bareValues: {
    ask: async (client) => {
      const id = await made(client.post("/Users", userBody()));
      return verdict(client.patch(`/Users/${id}`, { op: "add", path: manager, value: "boss" }));
    },
    answers: { accept: "200", refuse: "400 invalidValue" },
  },
  listedComplex: {
    ask: (client) => create(client, { name: [{ givenName: "Ada" }] }),
    answers: { accept: "201", refuse: "400 invalidValue" },
  },
  emptyReference: {
    ask: async (client) => {
      const body = userBody({ schemas: [core, enterprise], [enterprise]: { manager: { value: "boss" } } });
      const id = await made(client.post("/Users", body));
      const change = { op: "replace", path: manager, value: { value: "" } };
      return (await client.patch(`/Users/${id}`, change)).body[enterprise];
    },
    answers: { unassign: undefined, keep: { manager: { value: "" } } },
  },
  missingSchemas: {
    ask: async (client) => {
      const id = await made(client.post("/Users", userBody()));
      const operation = { op: "replace", path: "title", value: "Dr." };
      return [
        await verdict(client.post("/Users", { userName: "grace@example.com" })),
        await verdict(client.send("PATCH", `/Users/${id}`, { body: { Operations: [operation] } })),
        await verdict(client.post("/Users/.search", { count: 1 })),
      ];
    },
    answers: {
      accept: ["201", "200", "200"],
      refuse: ["400 invalidSyntax", "400 invalidSyntax", "400 invalidSyntax"],
    },
  },
  unknownSchemas: {
    ask: (client) => create(client, { schemas: [core, "urn:example:custom:1.0:User"] }),
    answers: { ignore: "201", refuse: "400 invalidSyntax" },
  },
  undeclaredExtension: {
    ask: (client) => create(client, { [enterprise]: { department: "Research" } }),
    answers: { accept: "201", refuse: "400 invalidSyntax" },
  },
  unknownAttributes: {
    ask: async (client) => {
      const id = await made(client.post("/Users", userBody({ userName: "grace@example.com" })));
      return [
        await verdict(client.post("/Users", userBody({ dispalyName: "Ada" }))),
        await verdict(
          client.put(`/Users/${id}`, userBody({ userName: "grace@example.com", name: { givenNam: "G" } })),
        ),
        await verdict(client.patch(`/Users/${id}`, { op: "add", value: { tilte: "Dr." } })),
      ];
    },
    answers: {
      ignore: ["201", "200", "200"],
      refuse: ["400 invalidSyntax", "400 invalidSyntax", "400 invalidSyntax"],
    },
  },
};
