/** Why a command could not do what it was asked for, as JUnit XML. */

import { element, xmlDocument } from "../simulation/xml.ts";
import type { ReportedError } from "./report.ts";

/** One case, and it is an error. */
export function errorJunit(error: ReportedError): string {
  const totals = { tests: 1, failures: 0, errors: 1, skipped: 0, time: 0 };
  return xmlDocument(
    element("testsuites", { name: "astro-scim", ...totals }, [
      element("testsuite", { name: "astro-scim", ...totals }, [
        element("testcase", { name: "the command", classname: "astro-scim", time: 0 }, [
          element("error", { type: error.code, message: error.message }),
        ]),
      ]),
    ]),
  );
}
