import { describe, expect, test } from "vitest";
import { comparableDomain, isDomain, mailDomain } from "../../src/ground/mail-domain.ts";

describe("the domain of an address", () => {
  test.each<readonly [address: string, domain: string | undefined]>([
    ["ada@example.com", "example.com"],
    ["Ada@EXAMPLE.com", "example.com"],
    ["ada@example.com.", "example.com"],
    ["ada@bücher.example", "xn--bcher-kva.example"],
    ["ada@BÜCHER.example", "xn--bcher-kva.example"],
    ["ada@xn--BCHER-kva.example", "xn--bcher-kva.example"],
    ["ada@bu\u0308cher.example", "xn--bcher-kva.example"],
    ["ada@münchen\u3002example", "xn--mnchen-3ya.example"],
    // Microsoft: the userName of a guest is in the tenant's own domain.
    ["jo_partner.com#EXT#@contoso.onmicrosoft.com", "contoso.onmicrosoft.com"],
    ['"a@b"@example.com', "example.com"],
    ["ada", undefined],
    ["@ada", undefined],
    ["", undefined],
  ])("%j: %j", (address, domain) => {
    expect(mailDomain(address)).toBe(domain);
  });

  test.each([
    "ada@",
    "ada@example.com ",
    "ada@ex ample.com",
    "ada@exämple.com/x",
    "ada@exämple.com:80",
    "ada@ä@",
  ])("%j has one that equals no domain", (address) => {
    const domain = mailDomain(address);
    expect(domain).toBeDefined();
    expect(isDomain(domain!)).toBe(false);
  });
});

test.each(["example.com", "localhost", "a_b.example.com", "xn--bcher-kva.example", "1.example"])(
  "%s is a domain",
  (text) => {
    expect(isDomain(text)).toBe(true);
    expect(comparableDomain(text)).toBe(text);
  },
);

test.each([
  "",
  ".",
  "a..b",
  "-a.com",
  "a-.com",
  "a b",
  `${"a".repeat(64)}.com`,
  `${"a.".repeat(130)}com`,
  "*",
])("%j is none", (text) => {
  expect(isDomain(text)).toBe(false);
});
