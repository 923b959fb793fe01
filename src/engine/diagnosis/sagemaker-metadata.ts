import { principalOf } from '../core/principal';

/** SageMaker writes here what the notebook is. */
export const SAGEMAKER_METADATA = '/opt/ml/metadata/resource-metadata.json';

/** What SageMaker says of the notebook. */
export interface SageMakerNotebook {
  /** The Region that the notebook is in; its VPC and endpoints are there too. */
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
  /** A notebook instance's name. */
  readonly instance?: string;
  /** The Studio domain of a space or app. */
  readonly studioDomain?: string;
  /** The full ARN of the role, path included; Studio names it, a notebook instance does not. */
  readonly executionRole?: string;
}

const ARN =
  /^arn:aws[a-z-]*:sagemaker:([a-z0-9-]{1,32}):(\d{12}):(notebook-instance|app|space)\/([A-Za-z0-9-]{1,63})(?:\/|$)/;

/**
 * Reads the metadata file. Only the ARN tells what it is: an app of Studio has a ResourceName too, such as `default`.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-metadata.html
 */
export function sageMakerNotebook(text: string | undefined): SageMakerNotebook | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  const { ResourceArn, ExecutionRoleArn } = (read ?? {}) as Record<string, unknown>;
  const found = ARN.exec(String(ResourceArn));
  if (!found) {
    return undefined;
  }
  const [, region = '', accountId = '', kind, name = ''] = found;
  const role = principalOf(String(ExecutionRoleArn));
  return {
    region,
    accountId,
    ...(kind === 'notebook-instance' ? { instance: name } : { studioDomain: name }),
    ...(role.kind === 'role' && role.iamArn !== undefined ? { executionRole: role.iamArn } : {})
  };
}
