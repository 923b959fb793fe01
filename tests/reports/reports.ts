/** What people have reported in public, and rows of our own kind beside them: what each says with us. */

export interface Report {
  readonly title: string;
  /** `owner/name#number` on GitHub; none for what was found by trying. */
  readonly links?: readonly string[];
  /** What the user saw. */
  readonly saw: string;
  /** What ours says or does. */
  readonly ours: string;
  /** The scene that the test plays; else the test that shows it; else it is not covered. */
  readonly scene?: Scene;
  readonly shownBy?: string;
}

export interface Scene {
  readonly settings?: object;
  /** Below the home, before Connect. */
  readonly before?: Readonly<Record<string, string>>;
  /** Below the home and in the environment, after Connect; `INDEX` is our index's URL. */
  readonly after?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Hours by which the token is older. */
  readonly hours?: number;
  /** Without a Connect before: `diagnose` alone, in this environment. */
  readonly fresh?: true;
  readonly verdict: string;
  readonly words: RegExp;
  /** What a file says in the end, or does not say. */
  readonly file?: readonly [string, RegExp, 'says' | 'does not say'];
}

const PIP = '.config/pip/pip.conf';
const ROLE = 'role_arn = arn:aws:iam::444455556666:role/Data\n';
const NOBODY = { AWS_ACCESS_KEY_ID: '', AWS_EC2_METADATA_DISABLED: 'true', AWS_PROFILE: 'p' };
const profile = (text: string, words: RegExp, env: Record<string, string> = {}): Scene => ({
  fresh: true,
  before: { '.aws/config': text },
  env: { ...NOBODY, ...env },
  verdict: 'no_credentials',
  words
});
const shadowed = (words: RegExp, more: Partial<Scene>): Scene => ({
  verdict: 'write_failed',
  words,
  ...more
});

export const REPORTS: readonly Report[] = [
  {
    title: 'The token has ended',
    links: ['actions/setup-python#733', 'dependabot/dependabot-core#5686', 'aws/aws-cdk#11961'],
    saw: 'HTTP 401, then “No matching distribution found”, or a question for a user name',
    ours: 'says that the index does not accept the token, and has renewed it before it ends',
    scene: { hours: 13, verdict: 'expired_credentials', words: /does not accept the token/ }
  },
  {
    title: 'The token has ended, seen by uv',
    links: ['astral-sh/uv#11899'],
    saw: '“No solution found when resolving dependencies”',
    ours: 'the same sentence for uv',
    scene: {
      settings: { tools: ['uv'] },
      hours: 13,
      verdict: 'expired_credentials',
      words: /does not accept the token/
    }
  },
  {
    title: 'Login takes the place of another index',
    links: ['aws/aws-cli#5409', 'aws/aws-cli#6634'],
    saw: '`index-url` overwritten, comments lost',
    ours: '`indexMode` `extra-index-url` leaves the line alone, with a warning; Disconnect restores every byte',
    scene: {
      settings: { indexMode: 'extra-index-url' },
      before: { [PIP]: '# ours\n[global]\nindex-url = http://127.0.0.1:9/simple\n' },
      verdict: 'ok',
      words: /isolatedsm/,
      file: [PIP, /^# ours\n\[global\]\nindex-url = http:\/\/127\.0\.0\.1:9\/simple\n/, 'says']
    }
  },
  {
    title: 'The token stands in the index URL',
    links: ['aws/aws-cli#8532'],
    saw: '`pip config list`, lock files and argv hold the token',
    ours: 'the token is in `~/.netrc`, mode 0600',
    scene: { verdict: 'ok', words: /pip can install/, file: [PIP, /aws:/, 'does not say'] }
  },
  {
    title: 'pip.conf that pip cannot read',
    links: ['aws/aws-cli#8168', 'aws/aws-cli#10575'],
    saw: '“Command pip config set returned non-zero exit status 1”; the token in what stderr quotes',
    ours: 'leaves the file alone and names the line; no token in any answer',
    scene: {
      fresh: true,
      before: { [PIP]: 'index-url = x\n' },
      verdict: 'write_failed',
      words: /Line 1 of .*pip\.conf: no section header/
    }
  },
  {
    title: 'pip is not on PATH',
    links: ['aws/aws-cli#6351'],
    saw: '“pip was not found. Please verify installation.”',
    ours: 'starts no pip to write its file',
    shownBy: 'tests/engine/session.spec.ts'
  },
  {
    title: 'PIP_CONFIG_FILE hides the file',
    links: ['pypa/pip#11880', 'pypa/pip#13279'],
    saw: 'the file that login has written is not read',
    ours: 'names the variable',
    scene: shadowed(/PIP_CONFIG_FILE/, { env: { PIP_CONFIG_FILE: '/dev/null' } })
  },
  {
    title: 'The whole JSON as the password',
    links: ['astral-sh/uv#13895'],
    saw: 'HTTP 401 from the index',
    ours: 'names the variable whose password the index refuses',
    scene: {
      settings: { tools: ['uv'] },
      env: {
        UV_INDEX_CODEARTIFACT_USERNAME: 'aws',
        UV_INDEX_CODEARTIFACT_PASSWORD: '{"authorizationToken": "x"}'
      },
      verdict: 'expired_credentials',
      words: /UV_INDEX_CODEARTIFACT_/
    }
  },
  {
    title: 'uv does not ask the keyring',
    links: ['astral-sh/uv#18611', 'astral-sh/uv#2444', 'astral-sh/uv#1860'],
    saw: 'HTTP 401',
    ours: 'needs no keyring: uv finds the token in the netrc file',
    shownBy: 'tests/differential/uv-install.spec.ts'
  },
  {
    title: 'One HTTP 500 of the service',
    links: ['astral-sh/uv#8957'],
    saw: 'the command fails',
    ours: 'asks again, and says “answered at the second attempt”',
    shownBy: 'tests/engine/retries.spec.ts'
  },
  {
    title: 'Private DNS is off',
    links: ['data-dot-all/dataall#826'],
    saw: 'login works by `--endpoint-url`, pip times out',
    ours: 'tells the public address, and takes the `vpce-` hosts from the settings',
    shownBy: 'tests/netns/own-names.netns.ts'
  },
  {
    title: 'No endpoint for AWS STS in the VPC',
    links: ['awsdocs/amazon-sagemaker-developer-guide#259', 'aws/sagemaker-python-sdk#2559'],
    saw: 'a timeout that names CodeArtifact, or nothing',
    ours: 'names AWS STS and the profile, and gives the command for the endpoint',
    scene: profile(
      `[profile b]\naws_access_key_id = A\naws_secret_access_key = B\n[profile p]\n${ROLE}source_profile = b\n`,
      /AWS STS cannot be reached/,
      { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' }
    )
  },
  {
    title: 'npm and `always-auth`',
    links: ['aws/aws-cli#7434'],
    saw: 'login fails with current versions of npm',
    ours: 'writes the registry and its token, which are all that npm reads',
    scene: {
      settings: { tools: ['npm'] },
      verdict: 'ok',
      words: /npm can install/,
      file: ['.npmrc', /always-auth/, 'does not say']
    }
  },
  {
    title: 'Yarn 1 and `always-auth`',
    links: ['aws/aws-cli#6892', 'aws/aws-cli#9587'],
    saw: 'HTTP 401 for some packages',
    ours: '`login --tool yarn` says that it reads `.npmrc`; the line that Yarn 1 wants beside is not written'
  },
  {
    title: 'Several npm scopes',
    links: ['aws/aws-cli#8616', 'aws/aws-cli#5291'],
    saw: 'one `--namespace` at a time',
    ours: 'one registry for every scope; `--namespace` answers with what to use',
    shownBy: 'src/engine/cli/flags.spec.ts'
  },
  {
    title: 'Tools that login does not know',
    links: ['aws/aws-cli#9571', 'aws/aws-cli#8378', 'aws/aws-cli#6207'],
    saw: '`--tool uv` and `--tool poetry` are refused; Maven has none',
    ours: 'sets up uv and Poetry; others get a sentence on what to use',
    shownBy: 'tests/tools/test_poetry.py'
  },
  {
    title: 'Poetry and its variables',
    links: ['python-poetry/poetry#10419'],
    saw: 'HTTP 401',
    ours: 'names the variable or the line that Poetry takes in place of the token',
    shownBy: 'tests/tools/test_poetry.py'
  },
  {
    title: 'A token that is longer than a keyring takes',
    links: ['python-poetry/poetry#9791', 'python-poetry/poetry#6597'],
    saw: 'Poetry cannot store the password',
    ours: 'writes `auth.toml`, mode 0600, in place of the keyring',
    shownBy: 'tests/tools/test_poetry.py'
  },
  {
    title: 'Training and inference containers',
    links: [
      'aws/sagemaker-inference-toolkit#85',
      'aws/sagemaker-training-toolkit#167',
      'aws/sagemaker-python-sdk#4144',
      'aws/deep-learning-containers#2509'
    ],
    saw: 'the token ends before the container starts again',
    ours: 'nothing: the extension serves notebooks and terminals'
  },
  {
    title: 'A new release is not there yet',
    links: ['aws/aws-cdk-cli#341'],
    saw: 'up to 30 minutes until CodeArtifact has it',
    ours: 'nothing: the panel lists what the repository has'
  },
  {
    title: 'dependabot and private registries',
    links: ['dependabot/dependabot-core#5441'],
    saw: 'the token is refused outside the notebook',
    ours: 'nothing: no service beside the notebook is set up'
  },
  {
    title: 'Another login for the same index',
    saw: 'PIP_EXTRA_INDEX_URL names the repository with an old token: HTTP 401',
    ours: 'names the variable',
    scene: {
      env: { PIP_EXTRA_INDEX_URL: 'LOGIN:old@INDEX' },
      verdict: 'expired_credentials',
      words: /PIP_EXTRA_INDEX_URL/
    }
  },
  {
    title: 'A proxy in pip.conf',
    saw: 'pip cannot connect',
    ours: 'names the line',
    scene: { after: { [PIP]: 'proxy = http://127.0.0.1:9\n' }, verdict: 'refused', words: /127\.0\.0\.1:9/ }
  },
  {
    title: 'No index',
    saw: 'pip finds nothing',
    ours: 'names the line',
    scene: shadowed(/no-index/, { after: { [PIP]: 'no-index = true\n' } })
  },
  {
    title: 'A key in two spellings',
    saw: 'pip 26.3 refuses the file',
    ours: 'is tried on the real pip, version by version',
    shownBy: 'tests/differential/pip.spec.ts'
  },
  {
    title: 'uv without an index',
    saw: '`no-index = true` in uv.toml',
    ours: 'says that uv does not use the connection',
    scene: shadowed(/no-index/, {
      settings: { tools: ['uv'] },
      before: { '.config/uv/uv.toml': 'no-index = true\n' }
    })
  },
  {
    title: 'NETRC is set but empty',
    saw: 'requests reads no netrc at all: HTTP 401',
    ours: 'names the variable',
    scene: shadowed(/NETRC/, { env: { NETRC: '' } })
  },
  {
    title: 'TWINE_PASSWORD is set but empty',
    saw: 'twine sends no password',
    ours: 'names the variable',
    scene: shadowed(/TWINE_PASSWORD/, { settings: { tools: ['twine'] }, env: { TWINE_PASSWORD: '' } })
  },
  {
    title: 'Certificates of a company',
    saw: 'one tool works and another does not: each has a variable of its own',
    ours: 'judges each tool by what it trusts, and names the one that does not',
    shownBy: 'tests/tools/test_certificates.py'
  },
  {
    title: 'netrc by the version of Python',
    saw: 'Python 3.10 reads a netrc otherwise than 3.11',
    ours: 'each kernel is judged by its own rules',
    shownBy: 'tests/differential/netrc.spec.ts'
  },
  {
    title: 'A profile that is nowhere',
    saw: '“The config profile (p) could not be found”',
    ours: 'names who names it, and the profiles there are',
    scene: profile(
      '[profile q]\nregion = x\n',
      /The profile p, which the variable AWS_PROFILE names.*There are: q/
    )
  },
  {
    title: 'A profile without credentials',
    saw: '“Unable to locate credentials”',
    ours: 'names the profile and who names it',
    scene: profile(
      '[profile p]\nregion = us-east-1\n',
      /The profile p, which the variable AWS_PROFILE names, has no credentials/
    )
  },
  {
    title: 'A source profile that is nowhere',
    saw: '“The source_profile "gone" … does not exist”',
    ours: 'the same, with what to write',
    scene: profile(
      `[profile p]\n${ROLE}source_profile = gone\n`,
      /names the source_profile gone, which is not there/
    )
  },
  {
    title: 'A role and keys, but no source',
    saw: '“Partial credentials found in assume-role”',
    ours: 'says that nothing asks for the role',
    scene: profile(
      `[profile p]\n${ROLE}aws_access_key_id = A\naws_secret_access_key = B\n`,
      /neither source_profile nor credential_source/
    )
  },
  {
    title: 'A role that wants an MFA code',
    saw: 'a question that nobody sees',
    ours: 'says that it can be typed in a terminal only',
    scene: profile(
      `[profile b]\naws_access_key_id = A\naws_secret_access_key = B\n[profile p]\n${ROLE}source_profile = b\nmfa_serial = m\n`,
      /code of an MFA device/
    )
  },
  {
    title: 'A program for credentials that fails',
    saw: '“Error when retrieving credentials from custom-process: …”',
    ours: 'its exit status and its last words, without secrets',
    scene: profile(
      `[profile p]\ncredential_process = sh -c "echo vault is sealed >&2; exit 7"\n`,
      /exit status 7: vault is sealed/
    )
  },
  {
    title: 'A container’s service that refuses',
    saw: '“Received non 200 response 403 from container metadata: …”',
    ours: 'the same, in a sentence, and who can mend it',
    shownBy: 'src/engine/aws/metadata-services.spec.ts'
  },
  {
    title: 'A sign-in to IAM Identity Center that has ended',
    saw: '“Token has expired and refresh failed”',
    ours: 'names the profile and the command that signs in',
    shownBy: 'src/engine/aws/profile-credentials.spec.ts'
  },
  {
    title: 'An AWS configuration file with a broken line',
    saw: '“Unable to parse config file”',
    ours: 'names the line and the rule',
    scene: profile('region = x\n', /no section such as \[default\] stands above line 1/)
  },
  {
    title: 'FIPS, dual-stack, endpoint_url and their precedence',
    saw: 'the AWS CLI asks another host than the panel',
    ours: 'is compared with botocore by random configurations',
    shownBy: 'tests/differential/aws.spec.ts'
  },
  {
    title: 'Options of the AWS CLI in a cell',
    saw: '`--output json`, abbreviations and the like are refused',
    ours: 'are read as the AWS CLI reads them',
    shownBy: 'tests/differential/login-arguments.spec.ts'
  },
  {
    title: 'Pasted text with variables',
    saw: '`$DOMAIN` is taken for a domain’s name',
    ours: 'is read as the shell reads it',
    shownBy: 'tests/differential/login-texts.spec.ts'
  }
];
