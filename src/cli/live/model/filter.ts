/** Which requests a filter shows. */

import type { LiveRequest } from "./live-request.ts";

/** Every word has to be found: in the method, the path, the status (`4xx`: all of 400 to 499), the client or the fault. */
export function passesFilter(request: LiveRequest, filter: string): boolean {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word === "" || isFound(request, word));
}

function isFound(request: LiveRequest, word: string): boolean {
  const { all, status } = request.words();
  return all.includes(word) || (/^[1-5]xx$/.test(word) && status[0] === word[0]);
}
