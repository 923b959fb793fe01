// What an administrator pastes at the article's stages, in the words of AWS's own documentation.
// (The article's text itself has typographic dashes and unbalanced braces, which no shell takes.)

const HEAD = ['set -eu', 'VPC_ID=vpc-REPLACE', 'SUBNET_IDS=subnet-REPLACE', 'NOTEBOOK_SG=sg-REPLACE'];

export const TWO_REPOSITORIES = `set -eu
aws codeartifact create-repository --domain analytics --repository pypi-store
aws codeartifact associate-external-connection --domain analytics --repository pypi-store --external-connection public:pypi
aws codeartifact create-repository --domain analytics --repository isolatedsm --upstreams repositoryName=pypi-store
`;

/** The repository's policy, as `policy --for repository` printed it. */
export const putRepositoryPolicy = (document: string): string => `set -eu
cat > policy.json <<'JSON'
${document}
JSON
aws codeartifact put-repository-permissions-policy --domain analytics --repository isolatedsm --policy-document file://policy.json
`;

/** The role's policy, as `policy --for role` printed it. */
export const putRolePolicy = (document: string): string => `set -eu
cat > policy.json <<'JSON'
${document}
JSON
aws iam put-role-policy --role-name notebook-role --policy-name codeartifact --policy-document file://policy.json
`;

/** The security group, and the api endpoint as the article makes it: first without private DNS. */
export const API_ENDPOINT = [
  ...HEAD,
  'SG=$(aws ec2 create-security-group --vpc-id "$VPC_ID" --group-name codeartifact --description endpoints --query GroupId --output text)',
  'aws ec2 authorize-security-group-ingress --group-id "$SG" --protocol tcp --port 443 --source-group "$NOTEBOOK_SG"',
  'aws ec2 create-vpc-endpoint --vpc-id "$VPC_ID" --vpc-endpoint-type Interface --service-name com.amazonaws.us-east-1.codeartifact.api \\',
  '  --subnet-ids $SUBNET_IDS --security-group-ids "$SG" --no-private-dns-enabled --query VpcEndpoint.VpcEndpointId --output text',
  ''
].join('\n');

/** Ten administrative actions that the article's endpoint policy denies. */
const DENIED = [
  'CreateDomain',
  'CreateRepository',
  'DeleteDomain',
  'DeleteDomainPermissionsPolicy',
  'DeletePackageVersions',
  'DeleteRepository',
  'DeleteRepositoryPermissionsPolicy',
  'PutDomainPermissionsPolicy',
  'PutRepositoryPermissionsPolicy',
  'UpdateRepository'
].map(action => `codeartifact:${action}`);

const ENDPOINT_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: ['codeartifact:*', 'sts:GetServiceBearerToken'],
      Resource: '*'
    },
    { Effect: 'Deny', Principal: '*', Action: DENIED, Resource: '*' }
  ]
};

export const ENDPOINT_POLICIES = `set -eu
for ID in $(aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[].VpcEndpointId' --output text); do
  aws ec2 modify-vpc-endpoint --vpc-endpoint-id "$ID" --policy-document '${JSON.stringify(ENDPOINT_POLICY)}'
done
`;

export const DESTROY_ENDPOINTS = `set -eu
aws ec2 delete-vpc-endpoints --vpc-endpoint-ids $(aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[].VpcEndpointId' --output text)
`;
