/** Targets that are no use: nobody there, no SCIM server, credentials refused. One message, one exit status, no trace. */

import { gzipSync } from "node:zlib";
import type { RequestListener } from "node:http";

import { describe, expect, onTestFinished, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { startHttp, unusedPort } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";

const fixture = shippedFixture("okta-small.yaml");
const token = "token-of-unusable-target";

/** What Okta's console would say, then what is read by our own client: to compare, and to write. */
const commands = {
  "simulate okta": ["simulate", "okta", fixture],
  diff: ["diff", fixture],
  resync: ["resync", "--all", "--yes", "--from", fixture],
};

const page = "<!DOCTYPE html><html><title>Sign in</title></html>";
const scimErrorOf = (status: number, detail: string) =>
  JSON.stringify({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    detail,
  });

function answering(status: number, type: string, body: string | Buffer, headers = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { "content-type": type, ...headers });
    response.end(body);
  };
}

interface Unusable {
  readonly what: string;
  readonly listener: RequestListener;
  readonly status: number;
  /** Of the simulation. */
  readonly okta: RegExp;
  /** Of the commands that read Astro. */
  readonly reading: RegExp;
}

const scimJson = "application/scim+json";
const gzip = { "content-encoding": "gzip" };

const unusable: readonly Unusable[] = [
  {
    what: "a web page",
    listener: answering(200, "text/html", page),
    status: 3,
    okta: /not a SCIM server/,
    reading: /is not a SCIM server: GET \/Users answered a web page \(text\/html\)\./,
  },
  {
    what: "a web page, compressed",
    listener: answering(200, "text/html", gzipSync(page), gzip),
    status: 3,
    okta: /not a SCIM server/,
    reading: /is not a SCIM server: GET \/Users answered a web page \(text\/html\)\./,
  },
  {
    what: "JSON that is no list",
    listener: answering(200, "application/json", "{}"),
    status: 3,
    okta: /Okta cannot use the answer to GET \S+: the answer is not a ListResponse[\s\S]*RFC 7644/,
    reading: /is not a SCIM server/,
  },
  {
    what: "a redirection to a sign-in page",
    listener: answering(302, "text/html", "", { location: "https://login.example.com/?token=x" }),
    status: 3,
    okta: /Check the URL/,
    reading: /is not a SCIM server: GET \/Users answered 302, a redirect to https:\/\/login\.example\.com\./,
  },
  {
    what: "damaged compression",
    listener: answering(200, scimJson, Buffer.from("no gzip"), gzip),
    status: 3,
    okta: /answered with damaged gzip data/,
    reading: /answered with damaged gzip data/,
  },
  {
    what: "401",
    listener: answering(401, scimJson, scimErrorOf(401, "Invalid token.")),
    status: 4,
    okta: /Unauthorized\. Errors reported by remote server: Invalid token\.\n.*Check the token/,
    reading: /refused the credentials: GET \/Users was answered 401: Invalid token\.\n.*Check the token/,
  },
  {
    what: "403",
    listener: answering(403, scimJson, scimErrorOf(403, "No owner.")),
    status: 4,
    okta: /Forbidden\. Errors reported by remote server: No owner\.\n.*the one that your server expects/,
    reading: /refused the credentials: GET \/Users was answered 403[\s\S]*allowed to read users and groups/,
  },
  {
    what: "404 for the organization",
    listener: answering(404, scimJson, scimErrorOf(404, "No such organization.")),
    status: 3,
    okta: /Not Found\. Errors reported by remote server: No such organization\.[\s\S]*organization ID/,
    reading:
      /is not a SCIM base URL: GET \/Users was answered 404: No such organization\.\n.*organization ID/,
  },
];

describe.each(unusable)("a target that answers $what", ({ listener, status, okta, reading }) => {
  test.each(Object.entries(commands))("%s", async (command, argv) => {
    const server = await startHttp(listener);
    onTestFinished(server.close);
    const url = `${server.url}/scim/v2/cknaqyipv05731evsry6cj4n0`;
    const result = await runCommand([...argv, "--url", url, "--token", token]);
    const message = messageOf(result.stderr);
    expect(message).toMatch(command === "simulate okta" ? okta : reading);
    expect(message.split("\n").length).toBe(2);
    expect(result.stderr).not.toContain(token);
    expect({ status: result.status, stdout: result.stdout }).toEqual({ status, stdout: "" });
  });
});

describe("a target where nobody listens", () => {
  test.each(Object.entries(commands))("%s", async (_command, argv) => {
    const url = `http://127.0.0.1:${await unusedPort()}/scim/v2/cknaqyipv05731evsry6cj4n0`;
    const result = await runCommand([...argv, "--url", url, "--token", token]);
    expect(messageOf(result.stderr)).toMatch(
      /No server is listening on 127\.0\.0\.1:\d+: the connection was refused\./,
    );
    expect({ status: result.status, stdout: result.stdout }).toEqual({ status: 3, stdout: "" });
  });
});

/** What standard error ends with: the message, without what was said on the way. */
function messageOf(stderr: string): string {
  expect(stderr.match(/^Error: /gm)).toHaveLength(1);
  expect(stderr).not.toMatch(/^ +at /m);
  return stderr.slice(stderr.indexOf("Error: ")).trimEnd();
}
