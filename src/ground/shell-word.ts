/** A word of a command line that can be pasted. Imports nothing, so that every folder may use it. */

/** As a POSIX shell reads it; `?` is a glob in zsh, so what is not plain is quoted. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The same for PowerShell and `cmd.exe`: to PowerShell `@` and `,` mean something, and `cmd.exe` knows no single quotes. */
export function windowsShellWord(word: string): string {
  return /^[\w%+=:./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}
