import type { CommandTerm } from './command-tree.js';

/** Files are what bash falls back to where there is no answer. */
export function bashCompletion(commands: readonly CommandTerm[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `_execrx() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} options= choices=
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.map(branch).join('\n')}
  esac
  if [[ $current == -* ]]; then choices=$options; fi
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -o default -F _execrx execrx
`;
}

function branch({ name, options, choices }: CommandTerm): string {
  const flags = options.flatMap((option) => option.flags).join(' ');
  const ofOptions = options
    .filter((option) => option.takesValue)
    .map((option) => `        ${option.flags.join('|')}) choices='${option.choices.join(' ')}' ;;`);
  return `    ${name})
      options='${flags}'
      choices='${choices.join(' ')}'
      case $previous in
${[...ofOptions, '        *) ;;'].join('\n')}
      esac
      ;;`;
}
