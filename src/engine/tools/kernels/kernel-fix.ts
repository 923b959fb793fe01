import type { Fix, Snippet } from '../../../protocol/fix';
import type { Kernel } from '../../../protocol/kernel';
import { prefixOf, pythonOf } from './kernel-environment';
import type { Shadow } from '../shadow';
import {
  inRunningKernel,
  isUnset,
  lineSnippets,
  shellWord,
  unsetSnippets,
  variableSnippets,
  variablesOf
} from '../shadow-snippets';
import { trans } from '../../core/say';

/** What lets one kernel's pip use the connection, as text to paste. */
export function kernelFix(kernel: Kernel, shadows: readonly Shadow[]): Fix | undefined {
  if (shadows.length === 0) {
    return undefined;
  }
  if (shadows.some(shadow => shadow.scope)) {
    return {
      who: 'you',
      text: trans.__('Connect with the scope "user", whose file every pip reads.'),
      snippets: [
        {
          title: trans.__('Connect with the scope "user"'),
          language: 'bash',
          text: 'jupyter codeartifact connect --scope user'
        }
      ]
    };
  }
  const site = `${prefixOf(kernel)}/pip.conf`;
  const unset = shadows.filter(
    shadow => isUnset(shadow) && (shadow.fileScope !== 'site' || shadow.path === site)
  );
  const others = shadows.filter(shadow => !unset.includes(shadow));
  const variables = variablesOf(others);
  const own = variables.filter(name => name in kernel.env);
  return {
    who: 'you',
    text: trans.__(
      'In the kernel %1, take away what is read before the connection, or leave it if it is meant.',
      kernel.displayName
    ),
    snippets: [
      // With the pip that reads the file: it knows where its site file is.
      ...unsetSnippets(
        unset,
        `${shellWord(pythonOf(kernel))} -m pip`,
        trans.__('For the kernel %1', kernel.displayName)
      ),
      ...specSnippets(kernel, own),
      ...variableSnippets(variables.filter(name => !own.includes(name))),
      ...lineSnippets(others)
    ]
  };
}

const specSnippets = (kernel: Kernel, names: readonly string[]): Snippet[] =>
  names.length === 0
    ? []
    : [
        {
          title: trans.__('Entries of "env" to remove; then start the kernel again'),
          language: 'text',
          text: names
            .map(name => `${kernel.file ?? trans.__('the kernel spec %1', kernel.name)}: ${name}`)
            .join('\n')
        },
        inRunningKernel(names)
      ];
