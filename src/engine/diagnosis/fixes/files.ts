import type { Fix, Snippet } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { Cause } from '../../core/failure';
import { bash, comment, word } from './shell';
import { together, trans } from '../../core/say';

/** The causes that this file answers. */
export type FileCause = Extract<
  Cause,
  | 'file_unreadable'
  | 'file_unparsable'
  | 'record_damaged'
  | 'file_changed'
  | 'disk_full'
  | 'not_writable'
  | 'no_home'
  | 'locked'
>;

/** Home stays unquoted to the shell, so that the command works for whoever pastes it. */
const path = (value: string): string => (value.startsWith('~/') ? `~/${word(value.slice(2))}` : word(value));

const folderOf = (file: string): string => file.replace(/\/[^/]*$/, '') || '/';

/** The lines in question: themselves where they could be read, else how to see them. */
function linesOf(file: string, line: string, excerpt: string): Snippet[] {
  if (file === '' || !/^\d+$/.test(line)) {
    return [];
  }
  if (excerpt === '') {
    const [from, to] = [Math.max(1, Number(line) - 2), Number(line) + 2];
    return [bash(trans.__('The lines around it'), [`sed -n '${from},${to}p' ${path(file)}`])];
  }
  const mark = excerpt.split('\n').findIndex(one => Number.parseInt(one, 10) === Number(line)) + 1;
  return [{ title: file, language: 'ini', text: `${excerpt}\n`, ...(mark > 0 ? { mark } : {}) }];
}

export function fileFix(cause: FileCause, evidence: Evidence): Fix {
  const file = fact(evidence, 'path');
  const line = fact(evidence, 'line');
  const the = file === '' ? trans.__('the file') : file;
  const shown =
    file === ''
      ? []
      : [bash(trans.__('Who may read and write it'), [`ls -ld ${path(folderOf(file))} ${path(file)}`])];
  switch (cause) {
    case 'file_unreadable':
      return {
        who: 'you',
        text: trans.__(
          'Make %1 readable for yourself. If it belongs to somebody else, the platform team can give it back to you.',
          the
        ),
        snippets:
          file === '' ? [] : [...shown, bash(trans.__('If it is yours'), [`chmod u+rw ${path(file)}`])]
      };
    case 'file_unparsable':
    case 'record_damaged':
      return {
        who: 'you',
        text: together(
          line === ''
            ? trans.__('Correct %1: pip cannot read the file either.', the)
            : trans.__('Correct line %1 of %2: pip cannot read the file either.', line, the),
          fact(evidence, 'fix') ||
            trans.__(
              'A setting needs a section above it, such as [global], and the file must be UTF-8 without a byte-order mark.'
            ),
          trans.__('Then connect again.')
        ),
        snippets: linesOf(file, line, fact(evidence, 'excerpt'))
      };
    case 'file_changed':
      return {
        who: 'you',
        text: trans.__('Somebody changed %1 at the same moment. Try again; their change is kept.', the),
        snippets: []
      };
    case 'disk_full':
      return {
        who: 'you',
        text: trans.__('Make room on the disk, then try again. The folders below often hold the most.'),
        snippets: [
          bash(trans.__('What takes the room'), [
            `df -h ${file === '' ? '~' : path(folderOf(file))}`,
            comment("pip's cache can be made again at any time"),
            'python3 -m pip cache info',
            'python3 -m pip cache purge'
          ])
        ]
      };
    case 'not_writable':
      return {
        who: 'you',
        text: trans.__(
          'Choose the scope "user" in the settings if %1 belongs to the whole machine; else make the folder writable for yourself, or ask the platform team.',
          the
        ),
        snippets: shown
      };
    case 'no_home':
      return {
        who: 'platform team',
        text: trans.__(
          'Set HOME to a folder that the user may write, in the environment of the Jupyter server, and restart it.'
        ),
        snippets: [
          bash(trans.__('What the system knows'), ['getent passwd "$(id -u)"', 'echo "HOME=${HOME:-}"'])
        ]
      };
    case 'locked':
      return {
        who: 'you',
        text: trans.__(
          'Another process of this extension is writing the same files. Try again in a moment; a lock that was left behind is taken over by itself.'
        ),
        snippets: []
      };
  }
}
