/** The header by which the live list finds again what it sent itself; its value is a secret of this run. */

export const resentHeader = "x-astro-scim-resent";
