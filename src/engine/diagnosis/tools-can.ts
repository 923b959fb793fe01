import type { Settings } from '../../protocol/settings';
import { TOOL } from '../../protocol/tools';

/** "pip and uv can install from R": what the chosen tools can do once all is well, and what no check has looked at. */
export function toolsCan({ tools, repository }: Pick<Settings, 'tools' | 'repository'>): string {
  const rows = tools.map(tool => TOOL[tool]);
  const installers = rows.filter(({ does, given }) => does === 'install' && given === undefined);
  const others = rows.filter(({ given }) => given !== undefined);
  const titles = (of: typeof rows): string => of.map(({ title }) => title).join(' and ');
  if (installers.length === 0 && others.length === 0) {
    return `${titles(rows)} can upload to ${repository}`;
  }
  const first = installers.length > 0 ? undefined : others[0];
  const rest = first ? others.slice(1) : others;
  const said = first
    ? `${first.title} can install from ${repository} ${first.given}`
    : `${titles(installers)} can install from ${repository}`;
  return [said, ...rest.map(({ title, given }) => `so can ${title} ${given}`)].join(', and ');
}
