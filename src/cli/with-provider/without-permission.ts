/** `serve --with … --without-permission NAME`: what the printed credentials of an emulated provider may not read. */

import type { AppSettings } from "../../directory/app-settings.ts";
import { readPermissions } from "../../emulators/graph/access/permissions.ts";
import { readScopes } from "../../emulators/okta/auth/credentials.ts";
import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";

const permissions: Readonly<Record<AppSettings["idp"], readonly string[]>> = {
  okta: readScopes,
  entra: readPermissions,
};

/**
 * The names as the provider writes them.
 * @throws AppError usage, for one that the provider does not have
 */
export function permissionsLeftOut(idp: AppSettings["idp"], names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const known = permissions[idp].find((one) => foldCase(one) === foldCase(name.trim()));
    if (known !== undefined) return known;
    throw new AppError("usage", `--without-permission does not know ${JSON.stringify(name)}.`, {
      hint: `With --with ${idp} it is one of: ${permissions[idp].join(", ")}.`,
    });
  });
}
