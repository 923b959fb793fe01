import type { Snippet } from '../../protocol/fix';
import type { Shadow } from './shadow';
import { trans } from '../core/say';

/** Takes variables away where they are set for everything that is started, and in a kernel that runs already. */
export function variableSnippets(names: readonly string[]): Snippet[] {
  return names.length === 0
    ? []
    : [
        {
          title: trans.__('In the terminal, and where the variable is set'),
          language: 'bash',
          text: `unset ${names.join(' ')}`
        },
        inRunningKernel(names)
      ];
}

/** A variable that a kernel was started with stays until it is started again. */
export const inRunningKernel = (names: readonly string[]): Snippet => ({
  title: trans.__('In a running kernel'),
  language: 'python',
  text: `import os\nfor name in ${JSON.stringify(names)}:\n    os.environ.pop(name, None)`
});

/** The variables among them, each once; a name that no shell takes is no text to paste. */
export const variablesOf = (shadows: readonly Shadow[]): string[] =>
  [...new Set(shadows.flatMap(shadow => shadow.variable ?? []))].filter(name =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
  );

/** pip's own command for a line of its files, with the pip that reads them; only where it loses nothing else (`Shadow.unset`). */
export function unsetSnippets(shadows: readonly Shadow[], pip = 'pip', title = 'In a terminal'): Snippet[] {
  const commands = new Set(
    shadows.filter(isUnset).map(({ fileScope, unset }) => `${pip} config --${fileScope} unset ${unset}`)
  );
  return commands.size === 0 ? [] : [{ title, language: 'bash', text: [...commands].join('\n') }];
}

/**
 * Whether `pip config unset` finds the line: it edits one file of each kind, the user's newer one and /etc/pip.conf
 * (`Configuration._get_parser_to_modify`).
 */
export const isUnset = ({ unset, fileScope, path = '' }: Shadow): boolean =>
  unset !== undefined &&
  (fileScope === 'site' ||
    (fileScope === 'user' && !path.endsWith('/.pip/pip.conf')) ||
    (fileScope === 'global' && path.endsWith('/etc/pip.conf')));

/** Lines that stand in the way. A file without a line is one that lacks something. */
export function lineSnippets(shadows: readonly Shadow[]): Snippet[] {
  const lines = shadows.flatMap(({ path, line, variable }) =>
    path !== undefined && line !== undefined && variable === undefined ? [`${path}, line ${line}`] : []
  );
  return lines.length === 0
    ? []
    : [{ title: trans.__('Lines to remove'), language: 'text', text: lines.join('\n') }];
}

/** The texts that take them away: each variable, each line by pip's own command, and where every other line stands. */
export const takeAway = (shadows: readonly Shadow[]): Snippet[] => [
  ...variableSnippets(variablesOf(shadows)),
  ...unsetSnippets(shadows),
  ...lineSnippets(shadows.filter(shadow => !isUnset(shadow)))
];

/** A path as a POSIX shell takes it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
