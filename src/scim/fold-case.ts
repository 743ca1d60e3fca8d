/** The one way in which strings are compared without regard to case. */

/**
 * The key under which a case-insensitive value is indexed and compared: Unicode NFC, then lower case.
 * RFC 7643 §2.2 (`caseExact`); NFC because directories hold `é` in both its forms.
 */
export function foldCase(text: string): string {
  const folded = text.normalize("NFC").toLowerCase();
  // The same string and not its copy: an index then holds what the resource holds.
  return folded === text ? text : folded;
}
