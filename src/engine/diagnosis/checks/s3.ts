import type { Check } from '../diagnosis';
import { notNeeded } from '../check-result';
import { trans } from '../../core/say';

/**
 * Advisory, and no packet: "An Amazon S3 endpoint is not needed when using Python or Swift package formats"
 * (docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html).
 */
export const s3: Check = {
  needs: [],
  run: async ({ request }) =>
    notNeeded(
      request.settings.tools.includes('npm')
        ? trans.__(
            'Not looked at. Packages of npm come from Amazon S3: without Internet access, npm needs a gateway endpoint for it.'
          )
        : trans.__('Not needed for pip; npm, Maven, NuGet and generic packages come from Amazon S3.')
    )
};
