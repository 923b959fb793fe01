import { code, generated, table } from './markdown.mjs';

/** Settings with their flag, values and default, in the order of the settings editor. */
export function settingsPage({ SETTINGS }) {
  const rows = SETTINGS.map(row => [
    code(row.name),
    row.title,
    code(`--${row.kind === 'boolean' ? '[no-]' : ''}${row.flag}`),
    row.choices ? row.choices.map(choice => code(choice.value)).join(', ') : row.kind,
    row.default === '' ? 'not set' : code(JSON.stringify(row.default)),
    row.description
  ]);
  const choices = SETTINGS.filter(row => row.choices).map(
    row => `**${row.title}** (\`${row.name}\`${row.kind === 'list' ? ', one or more' : ''})

${row.choices.map(choice => `- \`${choice.value}\`: ${choice.title}`).join('\n')}`
  );
  return `${generated('src/protocol/settings.ts')}
# Settings

Set them in JupyterLab's settings editor under *CodeArtifact*, in \`overrides.json\` under the key
\`jupyterlab-codeartifact:plugin\`, or as flags of the [command line](command-line.md). Later ones win: defaults,
the administrator's overrides, the user's settings, flags. A setting that the administrator has
[pinned](../admin.md#pin-settings) wins over all of them.

${table(['Setting', 'Title', 'Flag', 'Values', 'Default', 'Description'], rows)}

## Values

${choices.join('\n\n')}
`;
}
