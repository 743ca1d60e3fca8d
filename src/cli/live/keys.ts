/** The keys of the live list, as its help and docs/serve.md name them. */

export interface KeyHelp {
  readonly keys: string;
  readonly does: string;
}

export const keyHelp: readonly KeyHelp[] = [
  { keys: "↑ ↓, k j", does: "select a request; the list stops following the latest one" },
  { keys: "PgUp PgDn, Home", does: "the same by pages, and to the oldest request that is kept" },
  { keys: "End, G", does: "follow the latest request again" },
  { keys: "Enter", does: "show the selected request with headers and bodies, without secrets" },
  { keys: "← →", does: "while a request is shown: the one before, the one after" },
  { keys: "Space, p", does: "pause and continue the list; the server goes on" },
  { keys: "/", does: "filter: words that the method, path, status (4xx), client or fault has to contain" },
  { keys: "r", does: "send the selected request again, with the token of this server" },
  { keys: "c", does: "print the selected request as curl, to copy it" },
  { keys: "f", does: "switch faults on and off (Space), or add one (a)" },
  { keys: "i", does: "show the URLs and credentials; there, c shows them on the normal screen, to copy" },
  { keys: "?", does: "show these keys" },
  { keys: "Esc", does: "go back, or remove the filter" },
  { keys: "Ctrl-L", does: "draw the screen again" },
  { keys: "q, Ctrl-C", does: "stop the server; in another view, q goes back" },
];
