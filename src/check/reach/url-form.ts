/** The form of the SCIM URL. */

import { check, fail, pass } from "../check.ts";

export const urlForm = check({
  id: "url-form",
  group: "connection",
  title: "URL form",
  needs: [],
  failureClass: "server",
  read: ({ address }) => address,
  judge: (address) => {
    if (address.kind === "unfit") {
      const { message, hint } = address.error;
      return fail(message.replace(/\.$/, ""), hint ?? "Correct the URL.");
    }
    return pass(address.baseUrl);
  },
});
