import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readTokenClaims } from "../../src/astro/token-claims.ts";
import { jwt, organizationToken } from "../support/astro-token.ts";

describe("what a token says of itself", () => {
  test("an Organization API token names its organization and its end (astro-cli, cmd/cloud/setup.go)", () => {
    const claims = { apiTokenId: "clm8q7f6q", iat: 1_764_000_000, exp: 1_795_536_000 };
    expect(readTokenClaims(organizationToken("clmaxoarx", claims))).toEqual({
      organizationId: "clmaxoarx",
      organizationIds: ["clmaxoarx"],
      scope: "ORGANIZATION",
      apiTokenId: "clm8q7f6q",
      issuedAt: new Date("2025-11-24T16:00:00Z"),
      expiresAt: new Date("2026-11-24T16:00:00Z"),
      isFromPublicIssuer: true,
    });
  });

  test.each([
    ["a token without permissions", {}, { organizationId: undefined, expiresAt: undefined }],
    [
      "a Workspace token",
      { permissions: ["workspaceId:w"] },
      { organizationId: undefined, scope: "WORKSPACE" },
    ],
    [
      "a Workspace token that names its organization",
      { permissions: ["organizationId:x", "workspaceId:w"] },
      { organizationId: "x", scope: "WORKSPACE" },
    ],
    [
      "a Deployment token",
      { permissions: ["deploymentId:d", "workspaceId:w"] },
      { organizationId: undefined, scope: "DEPLOYMENT" },
    ],
    ["permissions of other kinds", { permissions: ["apiTokenId:a", "read:users"] }, { scope: undefined }],
    ["permissions of another form", { permissions: { organizationId: "x" } }, { organizationId: undefined }],
    [
      "permissions that hold other things",
      { permissions: [1, null, "organizationId:x"] },
      { organizationId: "x" },
    ],
    ["an end beyond all calendars", { exp: 1e300 }, { expiresAt: undefined }],
    ["an end that is no number", { exp: "tomorrow" }, { expiresAt: undefined }],
    ["a local server's token", { iss: "astro-scim local server" }, { isFromPublicIssuer: false }],
    ["an issuer over plain HTTP", { iss: "http://localhost:8888" }, { isFromPublicIssuer: false }],
  ])("%s", (_what, claims, expected) => {
    expect(readTokenClaims(jwt(claims))).toMatchObject(expected);
  });

  test.each([
    "",
    "opaque-token",
    "a.b",
    "a.b.c.d",
    "a.!!.c",
    `a.${Buffer.from("[1]").toString("base64url")}.c`,
  ])("%j is no JWT", (token) => {
    expect(readTokenClaims(token)).toBeUndefined();
  });

  test("claims of any shape are read or passed over", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (claim) => {
        expect(readTokenClaims(jwt({ permissions: claim, exp: claim, iss: claim }))).toBeDefined();
      }),
    );
  });

  test("no text breaks it", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => readTokenClaims(text)).not.toThrow();
      }),
    );
  });
});
