/**
 * The completion functions of the shells. Each asks `astro-scim complete`, and takes what comes back as text: nothing of it, and
 * nothing that was typed, is ever evaluated.
 */

export const shells = ["bash", "zsh", "fish", "powershell"] as const;

export type Shell = (typeof shells)[number];

/** Needs no bash-completion, and works with the bash 3.2 of macOS. */
const bash = `# bash completion for astro-scim; put this line into ~/.bashrc:
#   source <(astro-scim completion bash)

_astro_scim() {
  local line kind='' value word='' char quote='' i before
  local -a words=()
  local text="\${COMP_LINE:0:COMP_POINT}" started=''
  # The words as the shell reads them, without expanding anything; COMP_WORDS would be split at ':' and '='.
  for ((i = 0; i < \${#text}; i++)); do
    char="\${text:i:1}"
    if [[ -n $quote ]]; then
      if [[ $char == "$quote" ]]; then quote=''; else word+="$char"; fi
    elif [[ $char == '"' || $char == "'" ]]; then
      quote="$char"; started=1
    elif [[ $char == '\\' ]]; then
      ((i++)); word+="\${text:i:1}"; started=1
    elif [[ $char == ' ' || $char == $'\\t' ]]; then
      [[ -n $started ]] && words+=("$word")
      word='' started=''
    else
      word+="$char"; started=1
    fi
  done
  COMPREPLY=()
  # What readline replaces begins behind the last ':' or '=' that breaks words.
  before="\${word%"\${COMP_WORDS[COMP_CWORD]}"}"
  case "\${COMP_WORDS[COMP_CWORD]}" in
    ':' | '=') before="$word" ;;
    \\"* | \\'*) before='' ;;
  esac
  while IFS= read -r line; do
    if [[ -z $kind ]]; then kind="$line"; continue; fi
    value="\${line%%$'\\t'*}"
    value="\${value#"$before"}"
    case "\${COMP_WORDS[COMP_CWORD]}" in
      \\"* | \\'*) ;;
      *) printf -v value '%q' "$value" ;;
    esac
    COMPREPLY+=("$value")
  done < <(astro-scim complete "\${words[@]:1}" "=$word" 2>/dev/null)
  value="\${word#"$before"}"
  if [[ $kind == :files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$value")
  elif [[ $kind == :folders ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$value")
  fi
}
complete -F _astro_scim astro-scim
`;

const zsh = `#compdef astro-scim
# zsh completion for astro-scim; put this line into ~/.zshrc, behind compinit:
#   source <(astro-scim completion zsh)

_astro-scim() {
  local line value description kind=''
  local -a typed described
  typed=("\${(@Q)words[2,CURRENT-1]}" "=\${(Q)PREFIX}")
  while IFS= read -r line; do
    if [[ -z $kind ]]; then kind=$line; continue; fi
    value=\${line%%$'\\t'*}
    description=\${line#*$'\\t'}
    # _describe splits at the first colon.
    described+=("\${\${value//\\\\/\\\\\\\\}//:/\\\\:}:$description")
  done < <(astro-scim complete "\${typed[@]}" 2>/dev/null)
  (( $#described )) && _describe -t values 'astro-scim' described
  case $kind in
    :files) _files ;;
    :folders) _files -/ ;;
  esac
}

if [[ \${funcstack[1]} == _astro-scim ]]; then
  _astro-scim "$@"
else
  compdef _astro-scim astro-scim
fi
`;

const fish = `# fish completion for astro-scim; put this line into ~/.config/fish/config.fish:
#   astro-scim completion fish | source

function __astro_scim_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l kind ''
    astro-scim complete $words[2..-1] "=$word" 2>/dev/null | while read -l line
        if test -z "$kind"
            set kind $line
            continue
        end
        echo $line
    end
    switch $kind
        case :files
            __fish_complete_path $word
        case :folders
            __fish_complete_directories $word
    end
end

complete -c astro-scim -f -a '(__astro_scim_complete)'
`;

const powershell = `# PowerShell completion for astro-scim; put this line into $PROFILE:
#   astro-scim completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName astro-scim -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
    $lines = @(& astro-scim complete @words "=$wordToComplete" 2>$null)
    foreach ($line in $lines | Select-Object -Skip 1) {
        $value, $description = $line -split "\`t", 2
        if (-not $description) { $description = $value }
        $text = $value
        if ($value -match '[^\\w./:=@+-]') { $text = "'" + $value.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $description)
    }
    # Without a result, PowerShell completes file names by itself.
}
`;

export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
