import type { Fix } from '../../../../protocol/fix';
import type { ToolsReport } from '../../tools/effective';

/** What keeps pip from the connection lies in the notebook's own environment and files: the reader can mend it. */
export function shadowFix({ shadows, ok }: ToolsReport): Fix | undefined {
  if (ok) {
    return undefined;
  }
  const variables = [...new Set(shadows.flatMap(shadow => shadow.variable ?? []))].filter(name =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
  );
  const lines = shadows.filter(shadow => shadow.path !== undefined && shadow.variable === undefined);
  const snippets = [
    ...(variables.length > 0
      ? [
          {
            title: 'In the terminal, and where the variable is set',
            language: 'bash' as const,
            text: `unset ${variables.join(' ')}`
          },
          {
            title: 'In a running kernel',
            language: 'python' as const,
            text: `import os\nfor name in ${JSON.stringify(variables)}:\n    os.environ.pop(name, None)`
          }
        ]
      : []),
    ...(lines.length > 0
      ? [
          {
            title: 'Lines to remove',
            language: 'text' as const,
            text: lines
              .map(({ path, line }) => (line === undefined ? path : `${path}, line ${line}`))
              .join('\n')
          }
        ]
      : [])
  ];
  return snippets.length === 0
    ? { who: 'you', text: 'Connect, and the package tools are set up for this repository.', snippets }
    : {
        who: 'you',
        text: 'Take away what is read before the connection, or leave it if it is meant.',
        snippets
      };
}
