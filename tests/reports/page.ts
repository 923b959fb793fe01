import { REPORTS, type Report } from './reports';

const link = (report: string): string => `[${report}](https://github.com/${report.replace('#', '/issues/')})`;
const cell = (text: string): string => text.replaceAll('|', '\\|');

const result = ({ scene, shownBy }: Report): string =>
  scene ? 'played by `tests/reports/reports.spec.ts`' : shownBy ? `\`${shownBy}\`` : '**not covered**';

/** docs/public-reports.md */
export function page(): string {
  const rows = REPORTS.map(
    report =>
      `| ${[
        `${report.title}${report.links ? ` (${report.links.map(link).join(', ')})` : ''}`,
        report.saw,
        report.ours,
        result(report)
      ]
        .map(cell)
        .join(' | ')} |`
  );
  const not = REPORTS.filter(({ scene, shownBy }) => !scene && !shownBy).length;
  return `# Public reports

What people have reported of CodeArtifact with pip, uv, twine, npm, Poetry and the AWS CLI, and what was found by trying
beside it: what they saw, what the extension says or does, and the test that shows it. ${REPORTS.length} rows, of which
${not} are not covered. A row that is played has a home, an environment and the embedded AWS emulator, and the verdict and
the words of the answer are checked. Written by \`UPDATE_REPORTS=1 npx jest tests/reports\`.

| What | What the user saw | What we say or do | Shown by |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
