// docs/supported.md, made from Astro's published v1 description and the routes of the local Astro.

import { markdownTable } from "./markdown-table.mjs";

/** The parts of the description: each operation belongs to the first one whose path fits. */
const parts = [
  {
    name: "Team members",
    fits: /\/teams\/\{teamId\}\/members/,
    data: "SCIM, this API, a fixture (`astro.teams[].members`)",
  },
  {
    name: "Users",
    fits: /\/users(\/|$)/,
    data: "SCIM, an invitation over this API, a fixture (`astro.users`)",
  },
  { name: "Teams", fits: /\/teams(\/|$)/, data: "SCIM, this API, a fixture (`astro.teams`)" },
  { name: "Invitations", fits: /\/invites/, data: "this API, a fixture (`astro.users[].status: PENDING`)" },
  {
    name: "API tokens",
    fits: /\/tokens/,
    data: "`--token`, `--token-file`, or made up at the start: one for each organization",
  },
  {
    name: "Roles",
    fits: /\/(roles|role-templates)/,
    data: "the default roles are there; custom roles come from a fixture (`astro.customRoles`)",
  },
  {
    name: "Audit log",
    fits: /\/audit-logs/,
    data: "what is written over SCIM and this API; there is no way to put entries in",
  },
  {
    name: "Organizations",
    fits: /\/organizations(\/\{organizationId\})?$/,
    data: "this API, a fixture (`astro.organization`), `startServer({ organizations })`",
  },
  { name: "Permission groups", fits: /\/authorization/, data: "no way" },
];

const noTokens = "tokens are not written: `serve` makes one up, or takes the one that it is given";
const noRotation = "the token in use would end; start another server instead";
const noCustomRoles = "custom roles are written in a fixture; here they can only be given to users and Teams";

/** Why an operation is left out, by its operationId. */
const reasons = {
  CreateApiToken: noTokens,
  UpdateApiToken: noTokens,
  DeleteApiToken: noRotation,
  RotateApiToken: noRotation,
  UpdateApiTokenRoles: "the role of the token is the switch `tokenRole`",
  CreateCustomRole: noCustomRoles,
  UpdateCustomRole: noCustomRoles,
  DeleteCustomRole: noCustomRoles,
  ListRoleTemplates: "templates are for making custom roles",
  ListPermissionGroups: "permissions are for making custom roles",
};

const intro = `# What of Astro's own API the local Astro serves

\`serve\` answers Astro's own API beside SCIM, over the same users and Teams. This page compares its routes with the part of Astro's
published v1 description (August 2026) that is about users, Teams and what surrounds them. It is generated: \`node scripts/write-supported.mjs\`.
How the local Astro behaves where the description leaves something open is in [emulation.md](emulation.md#astros-own-api).

Everything else of the API (Workspaces, Deployments, clusters, Dags, environments, alerts) is left out: SCIM has nothing to do with it. Workspaces and
Deployments can be written in a fixture, so that roles in them can be given.
`;

/** The page; `routes` are those of each API, below its prefix; `scim` those of SCIM. */
export function supportedPage(description, routes) {
  const operations = operationsOf(description).map((operation) => ({
    ...operation,
    isServed: routes.v1.some((route) => isRouteOf(route, operation)),
  }));
  requireReasons(operations);
  return [
    intro,
    "## Parts\n",
    partsTable(operations),
    "## Served\n",
    markdownTable(["part", "operation", "request"], operations.filter(({ isServed }) => isServed).map(row)),
    "## Left out\n",
    markdownTable(
      ["part", "operation", "request", "why"],
      operations.filter(({ isServed }) => !isServed).map((each) => [...row(each), reasons[each.id]]),
    ),
    "## Deprecated versions\n",
    `Published versions of Astronomer's Terraform provider call them. The answers are those of v1, except that an API token has \`type\` in the place
of \`scope\`, and an organization \`supportPlan\` instead of \`productPlans\`.
`,
    markdownTable(
      ["API", "requests"],
      [
        ["`/iam/v1beta1`", requestList(routes.iamV1Beta1)],
        ["`/platform/v1beta1`", requestList(routes.platformV1Beta1)],
      ],
    ),
  ].join("\n");
}

function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId: id }]) => {
      const part = parts.find(({ fits }) => fits.test(path));
      if (part === undefined) throw new Error(`${path} belongs to no part of scripts/supported-page.mjs`);
      return { id, path, method: method.toUpperCase(), part };
    }),
  );
}

/** Parameters may be named otherwise. */
function isRouteOf(route, { method, path }) {
  return route.method === method && plain(route.path) === plain(path);
}

function plain(path) {
  return path.replaceAll(/:\w+|\{\w+\}/g, "*");
}

function requireReasons(operations) {
  const missing = operations.filter(({ id, isServed }) => !isServed && reasons[id] === undefined);
  const needless = operations.filter(({ id, isServed }) => isServed && reasons[id] !== undefined);
  const wrong = [...missing, ...needless].map(({ id }) => id);
  if (wrong.length > 0) {
    throw new Error(`scripts/supported-page.mjs has a wrong or no reason for: ${wrong.join(", ")}`);
  }
}

function partsTable(operations) {
  const rows = parts.map((part) => {
    const own = operations.filter((each) => each.part === part);
    const count = (isRead) => {
      const all = own.filter(({ method }) => (method === "GET") === isRead);
      return all.length === 0 ? "none" : `${all.filter(({ isServed }) => isServed).length} of ${all.length}`;
    };
    return [part.name, count(true), count(false), part.data];
  });
  return markdownTable(["part", "read", "write", "how data gets in"], rows);
}

function row({ part, id, method, path }) {
  return [part.name, id, `\`${method} ${path}\``];
}

function requestList(routes) {
  return routes.map(({ method, path }) => `\`${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}\``).join(", ");
}
