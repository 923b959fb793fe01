import type { Kernel } from '../../../protocol/kernel';
import { redactUrl } from '../text/url-credentials';
import { kernelToolsDeps, movedBy } from './kernel-environment';
import { pipSiteFile, uvFile } from '../paths';
import type { PipAnswer } from '../pip/answer';
import type { Shadow } from '../shadow';
import type { Expected, ToolsDeps } from '../tools-deps';
import { uvShadows } from '../uv/answer';
import { namesIndex } from '../uv/shadows';
import { trans } from '../../core/say';

/** What the server's own tools answer, which a kernel's are compared with. */
export interface OwnAnswer {
  readonly pip: PipAnswer;
  readonly uv: readonly Shadow[];
}

/** A variable of the kernel spec, with the file to change; its value may be a URL with a password. */
const variableIn = (kernel: Kernel, variable: string, what: string): Shadow => ({
  by: trans.__(
    '%1, %2',
    inFile(kernel, trans.__('the variable %1 (%2)', variable, redactUrl(kernel.env[variable]))),
    what
  ),
  variable
});

const inFile = ({ file }: Kernel, by: string): string =>
  file === undefined ? by : trans.__('%1 in %2', by, file);

/** What keeps a kernel's pip from the connection; a reason also where nothing wins over it but it is not read. */
export function pipKernelShadows(
  deps: ToolsDeps,
  kernel: Kernel,
  answer: PipAnswer,
  own: PipAnswer
): readonly Shadow[] {
  if (answer === own) {
    return own.shadows;
  }
  if (!answer.ok && answer.shadows.length === 0 && own.ok) {
    return [notRead(deps, kernel, own)];
  }
  return answer.shadows.map(shadow => {
    const { variable, path, line } = shadow;
    if (variable !== undefined) {
      return variable in kernel.env ? { ...shadow, by: inFile(kernel, shadow.by) } : shadow;
    }
    // A netrc without our password: it is another one than the server's.
    const other =
      path !== undefined && line === undefined ? ['NETRC', 'HOME'].find(n => n in kernel.env) : undefined;
    return other === undefined ? shadow : { by: shadow.by, variable: other };
  });
}

function notRead(deps: ToolsDeps, kernel: Kernel, own: PipAnswer): Shadow {
  const { source } = own.pip;
  const place = source?.path ?? source?.variable ?? '';
  if (source?.path !== undefined && source.path === pipSiteFile(deps)) {
    return {
      by: trans.__('the scope "site": only the pip of %1 reads %2', deps.pythonPrefix, place),
      scope: true
    };
  }
  const moved = movedBy(deps, kernel);
  return moved === undefined
    ? { by: trans.__('%1, which this pip does not read', place) }
    : variableIn(kernel, moved, trans.__('which leads pip past %1', place));
}

/** What keeps uv from the connection in this kernel, and not in the server. */
export async function uvKernelShadows(
  deps: ToolsDeps,
  kernel: Kernel,
  own: readonly Shadow[],
  { settings, indexUrl }: Expected
): Promise<readonly Shadow[]> {
  const moved = movedBy(deps, kernel);
  if (moved === undefined) {
    return own;
  }
  const seen = kernelToolsDeps(deps, kernel);
  const shadows = await uvShadows(seen, settings.indexMode, indexUrl);
  const [here, there] = [uvFile(deps), uvFile(seen)];
  if (shadows.length > 0 || !here.ok || (there.ok && there.value === here.value)) {
    return shadows.map(s =>
      s.variable !== undefined && s.variable in kernel.env ? { ...s, by: inFile(kernel, s.by) } : s
    );
  }
  return there.ok && (await namesIndex(seen, there.value, indexUrl))
    ? []
    : [variableIn(kernel, moved, trans.__('which leads uv past %1', here.value))];
}
