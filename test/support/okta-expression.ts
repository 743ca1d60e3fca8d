/** Okta expressions evaluated for one user, Ada, as the tests of the language need it. */

import type { EvaluationContext } from "../../src/idp/okta/expression/context.ts";
import { evaluateExpression } from "../../src/idp/okta/expression/evaluate.ts";
import { parseExpression } from "../../src/idp/okta/expression/parse.ts";
import type { ExpressionValue } from "../../src/idp/okta/expression/value.ts";

const ada: Readonly<Record<string, ExpressionValue>> = {
  firstName: "Ada",
  lastName: "Lovelace",
  middleName: null,
  email: "ada@okta.com",
  login: "ada@okta.com",
  nickName: "",
  department: "Engineering",
  employees: 3,
  remote: true,
  skills: ["sql", "airflow"],
  csv: "10, 20, 30",
};

const inApp: Readonly<Record<string, ExpressionValue>> = { userName: "ada@okta.com" };
const ofApp: Readonly<Record<string, ExpressionValue>> = { domain: "okta.com" };
const ofOrganization: Readonly<Record<string, ExpressionValue>> = { name: "Acme", subDomain: "acme" };

export const context: EvaluationContext = {
  references: {
    user: (name) => ada[name] ?? null,
    appuser: (name) => inApp[name] ?? null,
    app: (name) => ofApp[name] ?? null,
    org: (name) => ofOrganization[name] ?? null,
  },
  internal: { id: "00u1", status: "ACTIVE" },
  groups: [
    { id: null, name: "Everyone", type: "BUILT_IN" },
    { id: "00g1", name: "West Coast Users", type: "OKTA_GROUP" },
    { id: "00g2", name: "West Coast Admins", type: "OKTA_GROUP" },
    { id: "00g3", name: "admin", type: "APP_GROUP" },
  ],
  now: new Date("2015-07-31T17:30:49.964Z"),
};

export function evaluate(source: string): ExpressionValue {
  return evaluateExpression(parseExpression(source), context);
}

/** A text as an expression writes it: within quotes, which are doubled inside. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
