// The process behind `liveListing`: answers two lists of 10,000 users as Okta's management API does, from pages that are ready.

import { createServer } from "node:http";

const users = 10_000;
const when = "2026-09-01T08:00:00.000Z";
const lists = {
  "/api/v1/apps/0oa1/users": { pageSize: 500, entryOf: appUserOf },
  "/api/v1/groups/00g1/users": { pageSize: 200, entryOf: userOf },
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, origin());
  const after = Number(searchParams.get("after") ?? 0);
  const page = pages.get(`${pathname} ${after}`);
  response.writeHead(page === undefined ? 404 : 200, {
    "content-type": "application/json",
    ...page?.headers,
  });
  response.end(page?.body ?? "{}");
});
server.listen(0, "127.0.0.1", () => process.send({ url: origin() }));
process.on("disconnect", () => process.exit());

const pages = new Map();
server.once("listening", () => {
  for (const [path, { pageSize, entryOf }] of Object.entries(lists)) {
    for (let at = 0; at < users; at += pageSize) {
      const entries = Array.from({ length: pageSize }, (_, within) => entryOf(at + within));
      pages.set(`${path} ${at}`, {
        body: Buffer.from(JSON.stringify(entries)),
        headers: linksOf(path, at + pageSize, pageSize),
      });
    }
  }
});

function origin() {
  return `http://127.0.0.1:${server.address()?.port ?? 0}`;
}

function linksOf(path, next, pageSize) {
  const self = `<${origin()}${path}?limit=${pageSize}>; rel="self"`;
  const following = `<${origin()}${path}?after=${next}&limit=${pageSize}>; rel="next"`;
  const rate = {
    "x-rate-limit-limit": "100000",
    "x-rate-limit-remaining": "99999",
    "x-rate-limit-reset": String(Math.ceil(Date.now() / 1000) + 60),
  };
  return { ...rate, link: next < users ? `${self}, ${following}` : self };
}

function appUserOf(at) {
  const { id, profile } = userOf(at);
  return {
    id,
    externalId: `scim-${at}`,
    created: when,
    lastUpdated: when,
    scope: "GROUP",
    status: "PROVISIONED",
    statusChanged: when,
    passwordChanged: null,
    syncState: "SYNCHRONIZED",
    lastSync: when,
    credentials: { userName: profile.login },
    profile: {
      userName: profile.login,
      givenName: profile.firstName,
      familyName: profile.lastName,
      email: profile.email,
      displayName: profile.displayName,
    },
    _links: {
      app: { href: `${origin()}/api/v1/apps/0oa1` },
      user: { href: `${origin()}/api/v1/users/${id}` },
      group: { name: "Airflow", href: `${origin()}/api/v1/groups/00g1` },
    },
    _embedded: { user: userOf(at) },
  };
}

function userOf(at) {
  const id = `00u${String(at).padStart(17, "0")}`;
  const login = `person.${at}@example.com`;
  return {
    id,
    status: "ACTIVE",
    created: when,
    activated: when,
    statusChanged: when,
    lastLogin: null,
    lastUpdated: when,
    passwordChanged: null,
    type: { id: "oty1" },
    profile: {
      firstName: `Given${at}`,
      lastName: `Family${at}`,
      displayName: `Given${at} Family${at}`,
      mobilePhone: null,
      secondEmail: null,
      department: "Data platform",
      login,
      email: login,
    },
    credentials: {
      emails: [{ value: login, status: "VERIFIED", type: "PRIMARY" }],
      provider: { type: "OKTA", name: "OKTA" },
    },
    _links: { self: { href: `${origin()}/api/v1/users/${id}` } },
  };
}
