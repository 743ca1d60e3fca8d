/** A word of a command line that can be pasted. Imports nothing, so that every folder may use it. */

/** As a POSIX shell reads it; `?` is a glob in zsh, so what is not plain is quoted. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * The same for PowerShell and `cmd.exe`: to PowerShell `@` and `,` mean something, and `cmd.exe` knows no single quotes. Inside
 * double quotes PowerShell still carries out `$(…)`, so its escape stands before a dollar sign, and before the curly quotes that
 * it takes for straight ones. To `cmd.exe` such a word is another one, which does no harm.
 */
export function windowsShellWord(word: string): string {
  if (/^[\w%+=:./\\-]+$/.test(word)) return word;
  return `"${word.replaceAll(/[$`\u201C-\u201E]/g, "`$&").replaceAll('"', '""')}"`;
}
