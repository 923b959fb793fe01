import * as React from 'react';
import { useUI } from '../ui/context';
import { latePart } from '../ui/late-part';
import { Section } from '../ui/section';
import { locale } from '../ui/time';
import type { IPackagesProps } from './package-list';

const PackageList = latePart(async () => (await import('./package-list')).PackageList);

/** The packages that the repository holds: search, versions, and the command that installs one. */
export function PackagesSection(props: IPackagesProps): React.JSX.Element {
  const { trans } = useUI();
  const { result } = props.search;
  const found = result?.packages ?? [];
  const failed = result !== null && result.verdict !== 'ok';
  return (
    <Section
      id="packages"
      title={trans.__('Packages')}
      open={false}
      flush
      summary={
        result && !failed ? (
          <span className="jp-CodeArtifact-num">
            {found.length.toLocaleString(locale())}
            {result.more && '+'}
          </span>
        ) : undefined
      }
    >
      <PackageList {...props} />
    </Section>
  );
}
