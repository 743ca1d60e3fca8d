/** Who is in a group: direct members, members through groups within it, and changes of both. */

import * as z from "zod";
import type { DirectoryGroup, DirectoryUser } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { needs } from "../access/permissions.ts";
import { isDeleted, membersOf, transitiveMembersOf } from "../directory-view.ts";
import { badRequest, notFound, unsupportedQuery } from "../graph-error.ts";
import { noContent, type GraphContext, type GraphRequest, type GraphRoute } from "../graph-route.ts";
import { valueAt } from "../odata/filter.ts";
import { listAnswer } from "../odata/list-answer.ts";
import { directoryPages, readListQuery } from "../odata/list-query.ts";
import { isGroupProperty } from "../objects/group.ts";
import { showUser } from "../objects/show-user.ts";
import { isUserProperty } from "../objects/user-properties.ts";
import { userValue } from "../objects/user.ts";
import { groupObjectOf, groupOf, showGroup } from "./groups.ts";
import { objectOf } from "../graph-body.ts";

type Relation = "members" | "transitiveMembers";

/** A type that a list is restricted to: the last segment of its path. */
type Cast = "user" | "group" | undefined;

export function memberRoutes(context: GraphContext): readonly GraphRoute[] {
  const relations = ["members", "transitiveMembers"] as const;
  const casts = [undefined, "user", "group"] as const;
  return [
    ...relations.flatMap((relation) => [
      ...casts.map((cast): GraphRoute => ({
        method: "GET",
        path: `/groups/:id/${relation}${cast === undefined ? "" : `/microsoft.graph.${cast}`}`,
        needs: needs.groups,
        cost: relation === "members" ? 3 : 5,
        handle: (request) => listMembers(request, context, { relation, cast }),
      })),
      ...casts.map((cast): GraphRoute => ({
        method: "GET",
        path: `/groups/:id/${relation}${cast === undefined ? "" : `/microsoft.graph.${cast}`}/$count`,
        needs: needs.groups,
        cost: relation === "members" ? 3 : 5,
        handle: (request) => countMembers(request, context, { relation, cast }),
      })),
    ]),
    {
      method: "POST",
      path: "/groups/:id/members/$ref",
      needs: needs.changeMembers,
      handle: (request) => addMember(request, context),
    },
    {
      method: "DELETE",
      path: "/groups/:id/members/:memberId/$ref",
      needs: needs.changeMembers,
      handle: (request) => removeMember(request, context),
    },
  ];
}

type Member =
  | { readonly kind: "user"; readonly user: DirectoryUser }
  | { readonly kind: "group"; readonly group: DirectoryGroup };

interface MemberList {
  readonly relation: Relation;
  readonly cast: Cast;
}

/** Sorted by id. */
function membersIn(
  request: GraphRequest,
  context: GraphContext,
  { relation, cast }: MemberList,
): readonly Member[] {
  const view = context.read();
  const group = groupOf(request, view);
  if (isHidden(group, request, context)) return [];
  const { users, groups } =
    relation === "members" ? membersOf(view, group) : transitiveMembersOf(view, group);
  const members: Member[] = [
    ...(cast === "group" ? [] : users.map((user) => ({ kind: "user" as const, user }))),
    ...(cast === "user" ? [] : groups.map((nested) => ({ kind: "group" as const, group: nested }))),
  ];
  return cast === undefined ? members.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1)) : members;
}

/** Inferred: who is in a group of hidden membership is left out with 200 where the permission is missing. */
function isHidden(
  { key }: DirectoryGroup,
  { permissions }: GraphRequest,
  { options }: GraphContext,
): boolean {
  const { visibility } = options.groupDetails?.[key] ?? {};
  return visibility === "HiddenMembership" && !permissions.has("Member.Read.Hidden");
}

function idOf(member: Member): string {
  return member.kind === "user" ? member.user.objectId : member.group.objectId;
}

/** A cast of transitive members is a query for the advanced engine (Microsoft Graph: List group transitive members). */
function listMembers(request: GraphRequest, context: GraphContext, list: MemberList): EmulatedAnswer {
  const { relation, cast } = list;
  const query = readListQuery(request, directoryPages);
  if (relation === "transitiveMembers" && cast !== undefined && !(query.isEventual && query.count)) {
    throw unsupportedQuery(
      "The cast needs the header ConsistencyLevel: eventual and the parameter $count=true.",
    );
  }
  return listAnswer(
    request,
    {
      items: membersIn(request, context, list),
      idOf,
      valueOf: (member, path) =>
        member.kind === "user"
          ? userValue(member.user, context.company, path)
          : valueAt(groupObjectOf(member.group, context), path),
      show: (member, { select }) => showMember(member, select, { request, context, cast }),
      context: cast === undefined ? "directoryObjects" : `${cast}s`,
      pages: directoryPages,
      filterable: new Set(["displayName", "mail", "id"]),
      sortable: new Set(["displayName"]),
      isDirectory: true,
    },
    context.skipTokens,
  );
}

function countMembers(request: GraphRequest, context: GraphContext, list: MemberList): EmulatedAnswer {
  if (request.headers["consistencylevel"]?.toLowerCase() !== "eventual") {
    throw unsupportedQuery("$count is not currently supported.");
  }
  return {
    status: 200,
    headers: { "content-type": "text/plain" },
    body: membersIn(request, context, list).length,
  };
}

const userType = "#microsoft.graph.user";
const groupType = "#microsoft.graph.group";

/**
 * Of a user whom the client may not read only the id and the type are shown, with 200 (Microsoft Graph: Limited information
 * returned for inaccessible member objects).
 */
function showMember(
  member: Member,
  select: readonly string[] | undefined,
  {
    request,
    context,
    cast,
  }: { readonly request: GraphRequest; readonly context: GraphContext; readonly cast: Cast },
): JsonObject {
  const isUser = member.kind === "user";
  const type = { "@odata.type": isUser ? userType : groupType };
  // A list of several types takes the properties of all of them, and each object has those of its own.
  const named = cast === undefined ? select?.filter(isUser ? isUserProperty : isGroupProperty) : select;
  const shown = isUser
    ? showUser(member.user, context.company, named)
    : showGroup(groupObjectOf(member.group, context), named);
  if (!isUser || request.permissions.has("User.Read.All")) {
    return cast === undefined ? { ...type, ...shown } : shown;
  }
  const nulls =
    context.options.unreadableMembers === "nulls"
      ? Object.fromEntries(Object.keys(shown).map((name) => [name, null]))
      : {};
  return { ...type, ...nulls, id: member.user.objectId };
}

const reference = z.looseObject({ "@odata.id": z.string() });

function addMember(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const view = context.current();
  const group = groupOf(request, view);
  const read = reference.safeParse(objectOf(request.body));
  const id = read.success ? idIn(read.data["@odata.id"]) : undefined;
  if (id === undefined) throw badRequest("Invalid URL specified for the attribute '@odata.id'.");
  const user = view.userById.get(id);
  if (view.groupById.has(id)) throw badRequest("A group cannot be put into a group here.");
  if (user === undefined || isDeleted(user)) throw notFound(id);
  if (group.members.has(user.key)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  }
  context.company.act({ kind: "add-member", group: group.key, user: user.key });
  return noContent;
}

/** `https://graph.microsoft.com/v1.0/directoryObjects/{id}`; also of `users`. */
function idIn(url: string): string | undefined {
  return /\/(?:directoryObjects|users|groups)(?:\/|\(')([\w-]+)(?:'\))?$/.exec(url)?.[1]?.toLowerCase();
}

function removeMember(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const view = context.current();
  const group = groupOf(request, view);
  const { memberId = "" } = request.params;
  const user = view.userById.get(memberId);
  if (user === undefined || !group.members.has(user.key)) throw notFound(memberId);
  context.company.act({ kind: "remove-member", group: group.key, user: user.key });
  return noContent;
}
