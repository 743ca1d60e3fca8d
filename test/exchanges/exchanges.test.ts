/** What Okta and Entra send, request body by request body: each JSON file beside this one is a test. */

import { describe, expect, test } from "vitest";
import { ScimError } from "../../src/scim/error.ts";
import { readExchanges, resourceAfter, type Exchange } from "../support/exchange.ts";

describe.each(["entra", "okta"])("%s", (provider) => {
  test.each(readExchanges(new URL(`${provider}/`, import.meta.url)))("$title ($file)", (exchange) => {
    expect(outcomeOf(exchange)).toEqual(exchange.after ?? exchange.error);
  });
});

function outcomeOf(exchange: Exchange): unknown {
  try {
    return resourceAfter(exchange);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { status: error.status, scimType: error.scimType };
  }
}
