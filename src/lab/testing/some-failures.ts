import type { Fix } from '../../protocol/fix';
import { aRung, brokenAt } from './a-document';

export const ENDPOINT: Fix = {
  who: 'network administrator',
  text: 'Create the endpoint, or turn on its private DNS. The values are this notebook’s own.',
  snippets: [
    {
      title: 'If the endpoint is missing',
      language: 'bash',
      text: 'aws ec2 create-vpc-endpoint \\\n  --region eu-central-1 \\\n  --vpc-id vpc-0a1b2c3d4e5f60718 \\\n  --vpc-endpoint-type Interface \\\n  --service-name com.amazonaws.eu-central-1.codeartifact.api \\\n  --subnet-ids subnet-0c4e8a91 \\\n  --security-group-ids sg-0f2e9d11 \\\n  --private-dns-enabled'
    },
    {
      title: 'If private DNS is off',
      language: 'bash',
      text: 'aws ec2 modify-vpc-endpoint \\\n  --vpc-endpoint-id VPC_ENDPOINT_ID \\\n  --private-dns-enabled'
    },
    { title: 'CloudFormation', language: 'yaml', text: 'CodeArtifactApi:\n  Type: AWS::EC2::VPCEndpoint' }
  ]
};

export const STATEMENT = `{
  "Effect": "Allow",
  "Action": "codeartifact:GetAuthorizationToken",
  "Resource": "arn:aws:codeartifact:eu-central-1:111122223333:domain/analytics"
}`;

export const fix = (
  who: Fix['who'],
  text: string,
  ...snippets: [string, Fix['snippets'][number]['language'], string][]
): Fix => ({
  who,
  text,
  snippets: snippets.map(([title, language, body]) => ({ title, language, text: body }))
});

const PUBLIC = {
  host: 'codeartifact.eu-central-1.amazonaws.com',
  addressClass: 'public',
  addresses: ['54.239.55.167']
};

export const publicTimeout = brokenAt({
  id: 'tcp.api',
  verdict: 'timeout',
  ms: 3300,
  evidence: { ...PUBLIC, port: 443, waitedMs: 3300 },
  fix: ENDPOINT
});
publicTimeout.rungs[2] = aRung('dns.api', { evidence: PUBLIC });

export const privateTimeout = brokenAt({
  id: 'tcp.api',
  verdict: 'timeout',
  ms: 3300,
  evidence: {
    port: 443,
    addressClass: 'private',
    addresses: ['10.0.1.41', '10.0.2.87', '10.0.3.15'],
    waitedMs: 3300,
    attempts: 4
  },
  fix: fix(
    'network administrator',
    'Let this notebook’s security group, sg-0f2e9d11, reach port 443 of the endpoint.',
    [
      'Open port 443 to the notebook',
      'bash',
      'SG=$(aws ec2 describe-vpc-endpoints \\\n  --region eu-central-1 \\\n  --filters Name=service-name,Values=com.amazonaws.eu-central-1.codeartifact.api \\\n  --query \'VpcEndpoints[0].Groups[0].GroupId\' \\\n  --output text)\naws ec2 authorize-security-group-ingress \\\n  --region eu-central-1 \\\n  --group-id "$SG" \\\n  --protocol tcp --port 443 \\\n  --source-group sg-0f2e9d11'
    ],
    ['CloudFormation', 'yaml', 'Ingress:\n  Type: AWS::EC2::SecurityGroupIngress']
  )
});

export const roleDenied = brokenAt({
  id: 'token',
  verdict: 'access_denied',
  ms: 12,
  evidence: {
    policyType: 'identity',
    action: 'codeartifact:GetAuthorizationToken',
    principal: 'arn:aws:sts::111122223333:assumed-role/SageMaker-DataScientist/nb',
    resource: 'arn:aws:codeartifact:eu-central-1:111122223333:domain/analytics'
  },
  fix: fix(
    'identity administrator',
    'Add this statement to the role’s policy.',
    ['Statement', 'json', STATEMENT],
    ['Whole policy, 4 statements', 'json', STATEMENT],
    ['AWS CLI', 'bash', 'aws iam put-role-policy --role-name SageMaker-DataScientist']
  )
});
