import type { Settings } from '../../protocol/settings';
import { TOOL, type Tool } from '../../protocol/tools';

/** "pip and uv can install from R": what the chosen tools can do once all is well. */
export function toolsCan({ tools, repository }: Pick<Settings, 'tools' | 'repository'>): string {
  const those = (does: (typeof TOOL)[Tool]['does']): string =>
    tools.flatMap(tool => (TOOL[tool].does === does ? TOOL[tool].title : [])).join(' and ');
  const [installers, bySource] = [those('install'), those('install by source')];
  if (!installers && !bySource) {
    return `${those('upload')} can upload to ${repository}`;
  }
  const source = 'in a project that names it as a source';
  return installers
    ? `${installers} can install from ${repository}${bySource && `, and so can ${bySource} ${source}`}`
    : `${bySource} can install from ${repository} ${source}`;
}
