import { expect, test } from "vitest";

import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import { resolveEntraFidelity } from "../../../src/fidelity/resolve.ts";
import { requestShapes } from "../../../src/idp/entra/requests/request-shapes.ts";
import { lookUp, patch, readById } from "../../../src/idp/entra/requests/requests.ts";
import { observe } from "../../../src/idp/observe/observe.ts";
import type { Deviation } from "../../../src/idp/observe/deviation.ts";
import type { WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { json, list } from "../../support/conversation.ts";

const fidelity = resolveEntraFidelity({ entraFlagOnWire: "last" });
const shapes = requestShapes({ ...documentedEntraSettings, fidelity }, "cycle");
const ada = { id: "u1", userName: "ada@example.com" };

test.each<[what: string, request: WireRequest, answer: WireAnswer, oddities: readonly Deviation[]]>([
  [
    "a group that is read without its members is no list",
    readById("/Groups", "g1", shapes),
    json(200, { id: "g2", displayName: "Data" }),
    [{ code: "other-id", asked: "g1", got: "g2" }],
  ],
  ["the flag is no part of an id", readById("/Users", "u1", shapes), json(200, ada), []],
  [
    "nor of that of a write",
    patch("/Users", "u1", [{ op: "replace", value: { userName: "a@x.io" } }], shapes),
    json(200, ada),
    [{ code: "value-not-stored", attribute: "userName", sent: "a@x.io", answered: "ada@example.com" }],
  ],
  [
    "active by its path",
    patch("/Users", "u1", [{ op: "replace", path: "active", value: false }], shapes),
    json(200, { ...ada, active: true }),
    [{ code: "value-not-stored", attribute: "active", sent: false, answered: true }],
  ],
  [
    "active as text, as without the flag",
    patch("/Users", "u1", [{ op: "Replace", path: "active", value: "False" }], shapes),
    json(200, { ...ada, active: true }),
    [{ code: "value-not-stored", attribute: "active", sent: false, answered: true }],
  ],
  [
    "active as text that is stored as what it means",
    patch("/Users", "u1", [{ op: "Replace", path: "active", value: "False" }], shapes),
    json(200, { ...ada, active: false }),
    [],
  ],
  [
    "a part of a name by its path",
    patch("/Users", "u1", [{ op: "Add", path: "name.givenName", value: "Ada" }], shapes),
    json(200, { ...ada, name: { givenName: "Ada" } }),
    [],
  ],
  [
    "members that are removed by their ids in the value, as without the flag",
    patch("/Groups", "g1", [{ op: "Remove", path: "members", value: [{ value: "u1" }] }], shapes),
    json(200, { id: "g1", displayName: "Data", members: [{ value: "u2" }] }),
    [],
  ],
  [
    "and stay",
    patch("/Groups", "g1", [{ op: "Remove", path: "members", value: [{ value: "u1" }] }], shapes),
    json(200, { id: "g1", displayName: "Data", members: [{ value: "u1" }] }),
    [{ code: "members-not-stored", missing: [], extra: ["u1"] }],
  ],
  [
    "a look-up that another name answers",
    lookUp("/Users", { attribute: "userName", value: "grace@example.com" }, shapes),
    list(ada),
    [{ code: "filter-ignored", asked: "grace@example.com", got: "ada@example.com", use: "none" }],
  ],
  [
    "a look-up of a name with quotes, which Entra does not escape",
    lookUp("/Groups", { attribute: "displayName", value: 'the "best"' }, shapes),
    list({ id: "g1", displayName: "Data" }),
    [],
  ],
])("%s", (_what, request, answer, oddities) => {
  expect(observe(request, answer)).toEqual(oddities);
});
