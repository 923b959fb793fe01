import type { CheckContext } from '../diagnosis';
import { concern, type Concern } from '../check-result';

/** CodeArtifact searches no more repositories than these for a package (quota "Searched upstream repositories"). */
const MOST_SEARCHED = 25;
const PYPI = 'public:pypi';

/**
 * Whether pip can get more from the repository than what was published to it: it, or an upstream of it or of theirs,
 * must have the external connection to PyPI. Asked in a diagnosis only; what the role may not look at is told as such.
 */
export async function upstreamsWarning(run: CheckContext, signal: AbortSignal): Promise<Concern | undefined> {
  const { calls } = run.findings;
  if (run.request.mode !== 'diagnose' || !calls) {
    return undefined;
  }
  const { domain, domainOwner, repository } = run.request.settings;
  const seen = new Set([repository]);
  let denied: { notChecked: string; evidence: object } | undefined;
  // One level of upstreams after the other, as CodeArtifact searches them.
  for (let level = [repository]; level.length > 0;) {
    const answers = await Promise.all(
      level.map(name => calls.describeRepository({ domain, domainOwner, repository: name }, signal))
    );
    if (answers.some(answer => answer.ok && answer.value.externalConnections.includes(PYPI))) {
      return undefined;
    }
    const refused = answers.findIndex(answer => !answer.ok);
    const refusal = answers[refused];
    if (refusal !== undefined && !refusal.ok) {
      if (refusal.failure.verdict !== 'access_denied') {
        return undefined;
      }
      denied ??= { notChecked: level[refused] ?? repository, evidence: refusal.failure.evidence };
    }
    level = [...new Set(answers.flatMap(answer => (answer.ok ? answer.value.upstreams : [])))]
      .filter(name => !seen.has(name))
      .slice(0, MOST_SEARCHED - seen.size);
    level.forEach(name => seen.add(name));
  }
  if (denied !== undefined) {
    const { notChecked, evidence } = denied;
    return concern('upstreams_not_checked', { ...evidence, repository, notChecked });
  }
  return seen.size === 1
    ? concern('no_upstream', { repository })
    : concern('no_public_source', { repository, upstreams: [...seen].slice(1) });
}
