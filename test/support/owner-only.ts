/** The mode of a file that only its owner may read. */

/** Windows has no modes: there Node reports every file that can be written as this. */
export const ownerOnly = process.platform === "win32" ? 0o666 : 0o600;
