/** The recycle bin: list, get, restore, delete for good. */

import type { DirectoryUser } from "../../../directory/directory.ts";
import type { Company } from "../../company/company.ts";
import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { needs } from "../access/permissions.ts";
import { isInRecycleBin, type DirectoryView } from "../directory-view.ts";
import { notFound } from "../graph-error.ts";
import {
  contextUrl,
  noContent,
  type GraphContext,
  type GraphRequest,
  type GraphRoute,
} from "../graph-route.ts";
import { listAnswer } from "../odata/list-answer.ts";
import { directoryPages, selectOf } from "../odata/list-query.ts";
import { showUser } from "../objects/show-user.ts";
import { filterableUserProperties } from "../objects/user-properties.ts";
import { userValue } from "../objects/user.ts";

export function deletedItemRoutes(context: GraphContext): readonly GraphRoute[] {
  const { company } = context;
  const path = "/directory/deletedItems/:id";
  return [
    {
      method: "GET",
      path: "/directory/deletedItems/microsoft.graph.user",
      needs: needs.users,
      handle: (request) => listDeleted(request, context),
    },
    {
      method: "GET",
      path,
      needs: needs.users,
      handle: (request) => ({
        status: 200,
        body: {
          "@odata.context": contextUrl(request, "directoryObjects/$entity"),
          "@odata.type": "#microsoft.graph.user",
          ...showUser(deletedUser(request, context.read(), company), company, selectOf(request.query)),
        },
      }),
    },
    {
      method: "POST",
      path: `${path}/restore`,
      needs: needs.changeUsers,
      handle: (request) => {
        const { key, objectId } = deletedUser(request, context.current(), company);
        company.act({ kind: "restore-user", user: key });
        const restored = company.directory().users.get(key);
        if (restored === undefined) throw notFound(objectId);
        return {
          status: 200,
          body: {
            "@odata.context": contextUrl(request, "directoryObjects/$entity"),
            "@odata.type": "#microsoft.graph.user",
            ...showUser(restored, company, undefined),
          },
        };
      },
    },
    {
      method: "DELETE",
      path,
      needs: needs.changeUsers,
      handle: (request) => {
        company.act({ kind: "purge-user", user: deletedUser(request, context.current(), company).key });
        return noContent;
      },
    },
  ];
}

function listDeleted(request: GraphRequest, { company, read, skipTokens }: GraphContext): EmulatedAnswer {
  return listAnswer(
    request,
    {
      items: read().deletedUsers.filter((user) => isInRecycleBin(user, company)),
      idOf: ({ objectId }) => objectId,
      valueOf: (user, path) => userValue(user, company, path),
      show: (user, { select }) => showUser(user, company, select),
      context: "users",
      pages: directoryPages,
      filterable: new Set([...filterableUserProperties, "deletedDateTime"]),
      sortable: new Set(["displayName", "deletedDateTime"]),
      isDirectory: true,
    },
    skipTokens,
  );
}

function deletedUser({ params }: GraphRequest, { userById }: DirectoryView, company: Company): DirectoryUser {
  const { id = "" } = params;
  const user = userById.get(id);
  if (user === undefined || !isInRecycleBin(user, company)) throw notFound(id);
  return user;
}
