// The commands an administrator pastes, run by the real AWS CLI: they change the world as AWS would, or fail as AWS would.
import { resolve } from 'node:path';
import { applyText, type Applied } from '../../testing/emulator/admin/apply';
import { startEmulator, type Emulator } from '../../testing/emulator/emulator';

jest.setTimeout(60_000);

let emulator: Emulator;
beforeAll(async () => {
  process.env.EMULATOR_TOOLS = resolve(__dirname, '../../.venv/bin');
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const apply = (...lines: string[]): Promise<Applied> => applyText(emulator, `set -eu\n${lines.join('\n')}\n`);

test('both endpoints made, with their security group', async () => {
  await emulator.setScenario('no-endpoints');
  const ran = await apply(
    'VPC_ID=vpc-REPLACE  # the VPC',
    'SUBNET_IDS="subnet-REPLACE"  # one per zone',
    'NOTEBOOK_SG=sg-REPLACE  # the group',
    'aws ec2 modify-vpc-attribute --vpc-id "$VPC_ID" --enable-dns-hostnames \'{"Value":true}\'',
    'SG=$(aws ec2 create-security-group --vpc-id "$VPC_ID" --group-name endpoints --description x --query GroupId --output text)',
    'aws ec2 authorize-security-group-ingress --group-id "$SG" --protocol tcp --port 443 --source-group "$NOTEBOOK_SG"',
    'for SIDE in api repositories; do',
    'aws ec2 create-vpc-endpoint --vpc-id "$VPC_ID" --vpc-endpoint-type Interface --subnet-ids $SUBNET_IDS \\',
    '  --service-name com.amazonaws.us-east-1.codeartifact.$SIDE --security-group-ids "$SG" --private-dns-enabled \\',
    '  --query VpcEndpoint.PrivateDnsEnabled',
    'done'
  );
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.endpoints).toMatchObject({
    api: { exists: true, privateDns: true, securityGroupOpen: true },
    repositories: { exists: true, privateDns: true, securityGroupOpen: true }
  });
  expect((await fetch(emulator.apiUrl)).status).toBe(403);
  const again = await apply(
    `aws ec2 create-vpc-endpoint --vpc-id ${emulator.world.vpc.id} --vpc-endpoint-type Interface --subnet-ids ${emulator.world.vpc.subnets[0]} --service-name com.amazonaws.us-east-1.codeartifact.api`
  );
  expect(again.stderr).toContain(
    '(InvalidParameter) when calling the CreateVpcEndpoint operation: private-dns-enabled cannot be set because there is already a conflicting DNS domain'
  );
});

test('private DNS needs both attributes of the VPC', async () => {
  await emulator.setScenario('no-dns-hostnames');
  const lines = [
    `ID=$(aws ec2 describe-vpc-endpoints --filters Name=service-name,Values=com.amazonaws.us-east-1.codeartifact.api Name=vpc-id,Values=${emulator.world.vpc.id} --query 'VpcEndpoints[0].VpcEndpointId' --output text)`,
    'aws ec2 modify-vpc-endpoint --vpc-endpoint-id "$ID" --private-dns-enabled'
  ];
  expect((await apply(...lines)).stderr).toContain(
    'Enabling private DNS requires both enableDnsSupport and enableDnsHostnames'
  );
  expect(emulator.world.endpoints.api.privateDns).toBe(false);
  const ran = await apply(
    `aws ec2 modify-vpc-attribute --vpc-id ${emulator.world.vpc.id} --enable-dns-hostnames Value=true`,
    ...lines
  );
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.endpoints.api.privateDns).toBe(true);
});

test.each([
  ['another port', '--protocol tcp --port 80', false],
  ['another protocol', '--protocol udp --port 443', false],
  ['the port', '--protocol tcp --port 443', true]
])('a security group opened for %s', async (_name, rule, opens) => {
  await emulator.setScenario('security-group');
  const { notebookInstance } = emulator.world.vpc;
  const group = emulator.world.endpoints.api.securityGroup;
  const ran = await apply(
    `aws ec2 authorize-security-group-ingress --group-id ${group} ${rule} --source-group ${notebookInstance.securityGroup}`
  );
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.endpoints.api.securityGroupOpen).toBe(opens);
});

test("the notebook's own group let out", async () => {
  await emulator.setScenario('egress');
  const { notebookInstance } = emulator.world.vpc;
  const group = emulator.world.endpoints.api.securityGroup;
  await apply(
    `aws ec2 authorize-security-group-egress --group-id ${notebookInstance.securityGroup} --ip-permissions "IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=${group}}]"`
  );
  expect(emulator.world.vpc.egressOpen).toBe(true);
});

test('a role policy put, in a file and on the line; a malformed one refused', async () => {
  await emulator.setScenario('no-role-permission');
  const document = {
    Statement: [{ Effect: 'Allow', Action: 'codeartifact:GetAuthorizationToken', Resource: '*' }]
  };
  const put = `aws iam put-role-policy --role-name notebook-role --policy-name more --policy-document`;
  expect(await apply(`${put} '${JSON.stringify(document)}'`)).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.caller.policies.more).toEqual({ document });
  const broken = await apply(`${put} '{"Statement": [{"Effect": "Allow"'`);
  expect(broken.stderr).toContain('(MalformedPolicyDocument) when calling the PutRolePolicy operation');
  const stranger = await apply(`${put.replace('notebook-role', 'other-role')} '${JSON.stringify(document)}'`);
  expect(stranger.stderr).toContain(
    '(NoSuchEntity) when calling the PutRolePolicy operation: The role with name other-role cannot be found.'
  );
  const simulated = await apply(
    `aws iam simulate-principal-policy --policy-source-arn ${emulator.world.caller.roleArn} --action-names codeartifact:GetAuthorizationToken codeartifact:DeleteDomain --query 'EvaluationResults[].EvalDecision' --output text`
  );
  expect(simulated.stdout).toBe('allowed\timplicitDeny\n');
});

test('a policy of an endpoint replaced, reset, refused', async () => {
  await emulator.setScenario('endpoint-policy-narrow');
  const { id } = emulator.world.endpoints.api;
  const modify = `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id}`;
  const document = {
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'codeartifact:*', Resource: '*' }]
  };
  await apply(
    `echo '${JSON.stringify(document)}' > policy.json`,
    `${modify} --policy-document file://policy.json`
  );
  expect(emulator.world.endpoints.api.policy).toEqual(document);
  expect((await apply(`${modify} --policy-document '{"Statement": []'`)).stderr).toContain(
    '(InvalidPolicyDocument)'
  );
  await apply(`${modify} --reset-policy`);
  expect(emulator.world.endpoints.api.policy).toMatchObject({ Statement: [{ Action: '*' }] });
});

test('policies of a repository and a domain, guarded by their revision', async () => {
  await emulator.setScenario('ok');
  const place = '--domain analytics --repository isolatedsm';
  const none = await apply(`aws codeartifact get-repository-permissions-policy ${place}`);
  expect(none.stderr).toContain('ResourceNotFoundException');
  const document = {
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'codeartifact:*', Resource: '*' }]
  };
  const put = `aws codeartifact put-repository-permissions-policy ${place} --policy-document '${JSON.stringify(document)}'`;
  expect(await apply(put)).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.repositories.isolatedsm.policy).toEqual(document);
  expect((await apply(`${put} --policy-revision old`)).stderr).toContain('(ConflictException)');
  const domain = `aws codeartifact put-domain-permissions-policy --domain analytics --domain-owner 111122223333 --policy-document '${JSON.stringify(document)}' --query policy.revision`;
  expect(await apply(domain)).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.domains.analytics.policy).toEqual(document);
});

test('a repository connected to PyPI, and made an upstream', async () => {
  await emulator.setScenario('no-upstream');
  const ran = await apply(
    'aws codeartifact create-repository --domain analytics --repository store --description PyPI --query repository.name',
    'aws codeartifact associate-external-connection --domain analytics --repository store --external-connection public:pypi --query repository.name',
    'aws codeartifact update-repository --domain analytics --repository isolatedsm --upstreams repositoryName=store --query repository.upstreams'
  );
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.repositories).toMatchObject({
    isolatedsm: { upstreams: ['store'] },
    store: { externalConnections: ['public:pypi'] }
  });
  const unknown = await apply(
    'aws codeartifact update-repository --domain analytics --repository isolatedsm --upstreams repositoryName=nope'
  );
  expect(unknown.stderr).toContain("Repository 'nope' in domain 'analytics' does not exist.");
});

test('a KMS key enabled again', async () => {
  await emulator.setScenario('key-disabled');
  const ran = await apply(
    'KEY=$(aws codeartifact describe-domain --domain analytics --query domain.encryptionKey --output text)',
    'aws kms describe-key --key-id "$KEY" --query KeyMetadata.KeyState --output text',
    'aws kms enable-key --key-id "$KEY"'
  );
  expect(ran).toMatchObject({ code: 0, stdout: 'Disabled\n', stderr: '' });
  expect(emulator.world.domains.analytics.keyState).toBe('Enabled');
});

test('the clock set by chrony', async () => {
  await emulator.setScenario('clock-skew');
  const ran = await apply(
    "echo 'server 169.254.169.123' | sudo tee -a /etc/chrony.conf",
    'sudo systemctl restart chronyd',
    'sudo chronyc makestep'
  );
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.clockOffsetSeconds).toBe(0);
});

test.each([
  ['an operation the emulator has not', 'aws ec2 describe-instances', /\(InvalidAction\)/],
  ['an option the CLI has not', 'aws ec2 modify-vpc-endpoint --private-dns-on', /usage|Unknown options|required/],
  ['an option the emulator does not judge', 'aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-network-address-usage-metrics Value=true', /does not exist|not known/],
  ['another Region', 'aws ec2 describe-vpcs --region eu-west-1', /InvalidSignatureException|scoped to a valid region/],
  ['another command through sudo', 'sudo rm -rf /nothing', /the emulator does not know/]
])('%s fails', async (_name, line, message) => {
  await emulator.setScenario('ok');
  const before = JSON.stringify(emulator.world);
  const ran = await apply(line);
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toMatch(message);
  expect(JSON.stringify(emulator.world)).toBe(before);
}); // prettier-ignore

test('a blank that nobody can fill in is said', async () => {
  await expect(apply('PROXY=host.REPLACE  # the proxy', 'true')).rejects.toThrow(
    'nobody told what is to be filled in for PROXY'
  );
});
