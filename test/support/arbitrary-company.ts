/** Any directory that a provider may hold, with any settings of the app, as fast-check makes it. */

import fc from "fast-check";
import {
  documentedOktaSettings,
  oktaIntegrations,
  type AppSettings,
} from "../../src/directory/app-settings.ts";
import type { Directory, DirectoryUser, ProfileValue } from "../../src/directory/directory.ts";
import {
  documentedEntraSettings,
  gallerySettings,
  type EntraMapping,
} from "../../src/directory/entra-app-settings.ts";
import { exampleOrganization, type Fixture } from "../../src/fixture/fixture.ts";
import { foldCase } from "../../src/ground/text/fold-case.ts";

const text = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((one) => one.trim() !== "");
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,7}$/);
const value: fc.Arbitrary<ProfileValue> = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.constant("null"),
  fc.constant("2024-01-15"),
);
/** Few of them, so that two often share one. */
const address = fc
  .tuple(
    fc.constantFrom("ada", "Ada", "grace", "o'neil"),
    fc.constantFrom("acme.com", "Acme.com", "eu.acme.com"),
  )
  .map(([local, domain]) => `${local}@${domain}`);

interface PersonShape {
  readonly address: string;
  readonly names: Readonly<Record<string, string>>;
  readonly others: Readonly<Record<string, ProfileValue>>;
  readonly status: number;
  readonly assigned: boolean;
  readonly ssoOnly: boolean;
}

const person: fc.Arbitrary<PersonShape> = fc.record({
  address,
  names: fc.record(
    { first: text, last: text, display: text },
    { requiredKeys: [], noNullPrototype: true },
  ) as fc.Arbitrary<Record<string, string>>,
  others: fc.dictionary(fc.constantFrom("title", "costCenter", "acmeGrade", "x y"), value, {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  status: fc.nat(3),
  assigned: fc.boolean(),
  ssoOnly: fc.boolean(),
});

const groups = fc.array(
  fc.record({
    name: fc.oneof(fc.constantFrom("Data", "data", "App - Airflow"), text),
    members: fc.array(fc.nat(9), { maxLength: 6 }),
    nested: fc.array(fc.nat(4), { maxLength: 2 }),
    isPushed: fc.boolean(),
    isAssigned: fc.boolean(),
    isSecurity: fc.boolean(),
  }),
  { maxLength: 5 },
);

const statuses = {
  okta: ["active", "staged", "suspended", "deactivated"],
  entra: ["active", "blocked", "soft-deleted", "active"],
} as const;

function userOf(shape: PersonShape, index: number, idp: AppSettings["idp"], key: string): DirectoryUser {
  const { first, last, display } = shape.names;
  const login = `login${index}@acme.com`;
  const names: Readonly<Record<string, string | undefined>> =
    idp === "okta"
      ? { login, email: shape.address, firstName: first, lastName: last, displayName: display }
      : {
          userPrincipalName: login,
          mail: shape.address,
          givenName: first,
          surname: last,
          displayName: display,
        };
  const set = Object.entries({ ...names, ...shape.others }).flatMap(([name, one]) =>
    one === undefined ? [] : [[name, one] as const],
  );
  return {
    key,
    objectId: `${idp}-user-${index}`,
    status: statuses[idp][shape.status] ?? "active",
    profile: Object.fromEntries(set),
  };
}

/** The first of the names that is free, in any case, as live sources choose keys. */
function freeKeys(names: readonly (readonly string[])[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((candidates) => {
    const key = candidates.find((name) => !taken.has(foldCase(name))) ?? `key ${taken.size}`;
    taken.add(foldCase(key));
    return key;
  });
}

const directory = (idp: AppSettings["idp"]): fc.Arbitrary<Directory> =>
  fc.tuple(fc.array(person, { maxLength: 10 }), groups).map(([people, shapes]): Directory => {
    const keys = freeKeys(people.map((one, index) => [one.address, `login${index}@acme.com`]));
    const users = people.map((shape, index) => userOf(shape, index, idp, keys[index] ?? ""));
    const groupKeys = freeKeys(shapes.map(({ name }, index) => [name, `${name} (${index})`]));
    const isGone = ({ status }: DirectoryUser): boolean => status === "deactivated";
    const assigned = users.filter((user, index) => people[index]?.assigned === true && !isGone(user));
    return {
      users: new Map(users.map((user) => [user.key, user])),
      groups: new Map(
        shapes.map(({ name, members, nested, isSecurity }, index) => {
          const within = new Set(nested.flatMap((one) => (one === index ? [] : (groupKeys[one] ?? []))));
          const key = groupKeys[index] ?? "";
          return [
            key,
            {
              key,
              objectId: `${idp}-group-${index}`,
              name,
              members: new Set(members.flatMap((one) => keys[one] ?? [])),
              ...(idp === "entra" ? { securityEnabled: isSecurity } : {}),
              ...(idp === "entra" && within.size > 0 ? { nestedGroups: within } : {}),
            },
          ];
        }),
      ),
      assignedUsers: new Set(assigned.map(({ key }) => key)),
      assignedGroups: new Set(groupKeys.filter((_, index) => shapes[index]?.isAssigned)),
      pushedGroups: new Set(idp === "okta" ? groupKeys.filter((_, index) => shapes[index]?.isPushed) : []),
      ssoOnlyUsers: new Set(
        idp === "okta"
          ? assigned.filter((user) => people[users.indexOf(user)]?.ssoOnly).map(({ key }) => key)
          : [],
      ),
    };
  });

const oktaExpression = fc.constantFrom(
  'user.firstName + " " + user.lastName',
  'String.replace(user.email, "@acme.com", "@corp.acme.com")',
  "",
);

const oktaApp: fc.Arbitrary<AppSettings> = fc
  .record({
    integration: fc.constantFrom(...oktaIntegrations),
    createUsers: fc.boolean(),
    deactivateUsers: fc.boolean(),
    membersPerPatch: fc.integer({ min: 1, max: 1000 }),
    applicationUsername: fc.constantFrom("user.email", "user.login"),
    displayName: oktaExpression,
    appProperties: fc.dictionary(word, text, { maxKeys: 2, noNullPrototype: true }),
  })
  .map(({ displayName, ...app }) => ({
    ...documentedOktaSettings,
    ...app,
    mappings: {
      ...documentedOktaSettings.mappings,
      displayName,
      acmeBadge: {
        from: "user.login",
        externalName: "badge",
        externalNamespace: "urn:acme:scim",
        type: "string",
      },
    },
  }));

const entraApp: fc.Arbitrary<AppSettings> = fc
  .record({
    isGallery: fc.boolean(),
    scope: fc.constantFrom("assigned", "all"),
    threshold: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
    constant: text,
    clause: text,
    drops: fc.boolean(),
    roles: fc.uniqueArray(word, { maxLength: 3 }),
  })
  .map(({ isGallery, scope, threshold, constant, clause, drops, roles }): AppSettings => {
    const documented = isGallery ? gallerySettings : documentedEntraSettings;
    const title: EntraMapping = {
      target: "title",
      source: { kind: "constant", value: constant },
      applies: "always",
    };
    const rows = documented.users.mappings.filter(({ target }) => !drops || target !== "displayName");
    return {
      ...documented,
      scope,
      accidentalDeletionThreshold: threshold,
      appRoles: roles.map((role, index) => ({
        id: `role-${index}`,
        value: role,
        displayName: `Role ${role}`,
      })),
      users: {
        ...documented.users,
        mappings: [...rows, title],
        scopingFilters: [{ clauses: [{ attribute: "department", operator: "EQUALS", value: clause }] }],
      },
    };
  });

/** As `companyOfDirectory` makes it of a live directory. */
export const anyCompany: fc.Arbitrary<Fixture> = fc
  .constantFrom("okta" as const, "entra" as const)
  .chain((idp) => fc.record({ start: directory(idp), app: idp === "okta" ? oktaApp : entraApp }))
  .map(({ start, app }): Fixture => ({
    file: "live",
    shipped: false,
    organization: exampleOrganization,
    app,
    start,
    astro: { users: [], teams: [] },
    protect: [],
    timeline: [],
  }));
