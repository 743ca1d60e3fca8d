/** What a request asks of a list, as far as this server reads it. */

import {
  searchFromBody,
  searchFromParameters,
  type SearchRequest,
} from "../../../scim/list/search-request.ts";
import type { ServerRequest } from "../../api/message.ts";
import type { Organization } from "../organization.ts";

type Rules = Pick<Organization, "behaviour">;

/**
 * From a URL. Without cursor paging `cursor` is an unknown parameter like any other: RFC 7644 §3.4.2 does not define
 * it, and RFC 9865 §4 has clients look at ServiceProviderConfig first.
 */
export function listInQuery({ query }: Pick<ServerRequest, "query">, { behaviour }: Rules): SearchRequest {
  const search = searchFromParameters(query);
  return behaviour.cursorPaging === "on" ? search : { ...search, cursor: undefined };
}

/** From the body of a search. @throws ScimError as `searchFromBody` */
export function listInBody({ body }: Pick<ServerRequest, "body">, { behaviour }: Rules): SearchRequest {
  return searchFromBody(body, behaviour, behaviour.cursorPaging === "on");
}
