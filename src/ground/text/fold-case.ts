/** The one way in which strings are compared without regard to case. */

/** ASCII is in NFC already, and nearly all names are ASCII. */
const ascii = /^[\0-\x7f]*$/;

/**
 * The key under which a case-insensitive value is indexed and compared: Unicode NFC and lower case. RFC 7643 §2.2
 * (`caseExact`); NFC because directories hold `é` in both its forms. Once more after lower case, for some letters are
 * composed only when small (`ǰ`).
 */
export function foldCase(text: string): string {
  if (ascii.test(text)) {
    const lower = text.toLowerCase();
    return lower === text ? text : lower;
  }
  const folded = text.normalize("NFC").toLowerCase().normalize("NFC");
  // The same string and not its copy: an index then holds what the resource holds.
  return folded === text ? text : folded;
}
