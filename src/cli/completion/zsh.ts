import type { CommandTerm, OptionTerm } from './command-tree.js';

export function zshCompletion(commands: readonly CommandTerm[]): string {
  const described = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n');
  return `#compdef execrx
_execrx() {
  local -a commands=(
${described}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(branch).join('\n')}
  esac
}
if [[ $funcstack[1] == _execrx ]]; then _execrx "$@"; else compdef _execrx execrx; fi
`;
}

function branch({ name, options, choices }: CommandTerm): string {
  const argument = choices.length > 0 ? `'*:argument:(${choices.join(' ')})'` : `'*:file:_files'`;
  return `    ${name})
      _arguments ${[...options.flatMap(specs), argument].join(' \\\n        ')}
      ;;`;
}

function specs({ flags, description, takesValue, choices }: OptionTerm): string[] {
  const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}` : '';
  return flags.map((flag) => quoted(`${flag}[${description.replace(/[[\]]/g, '\\$&')}]${value}`));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
