import { nullTranslator } from '@jupyterlab/translation';
import { NOW } from '../../../testing/fixtures/lab/documents';
import { publicTimeout, roleDenied } from '../../../testing/fixtures/lab/failures';
import { aStore } from '../../../testing/fixtures/lab/stores';
import { SCENES } from '../../../testing/fixtures/lab/scenes';
import { recorded } from '../../../testing/scenes/recorded';
import { reportText } from './report-text';
import { statusMessage } from '../connection/status-message';
import { viewStateOf } from '../connection/view-state';
import { requestText } from './request-text';

const trans = nullTranslator.load('');
const FROM = { host: 'ds-lab-07', version: '1.0.0' };

describe('the request for an administrator', () => {
  const store = aStore({ document: publicTimeout });
  let text = '';
  let whole = '';

  beforeAll(() => {
    text = requestText(trans, store, FROM, NOW);
    whole = requestText(trans, store, FROM, NOW, true);
  });

  it('is short: which repository, what happens, the smallest fix, how to check', () => {
    expect(text.split('\n')[0]).toBe('CodeArtifact from notebook ds-lab-07: Timeout at the API endpoint');
    const words = text.replace(/\s+/g, ' ');
    expect(words).toContain(
      'Repository domain analytics of account 111122223333, repository isolatedsm, Region eu-central-1'
    );
    expect(words).toContain('What happens The name leads to a public address');
    expect(words).toContain('How to check jupyter codeartifact diagnose, in a terminal of the notebook');
    expect(text).toMatch(/2026-11-23 12:28 UTC, jupyterlab-codeartifact 1\.0\.0\. Contains no secret\.$/);
  });

  it.each(SCENES.map(scene => [scene.id, scene.store] as const))(
    'is some ten lines of words, and a text of nine at most: %s',
    (_, store) => {
      const request = requestText(trans, store, FROM, NOW);
      const [first] = statusMessage(trans, viewStateOf(store), store, NOW).fix?.snippets ?? [];
      const lines = first?.text.trimEnd().split('\n') ?? [];
      const told = lines.length > 0 && request.includes(lines[0]) ? lines.length + 1 : 0;
      expect(told).toBeLessThanOrEqual(10);
      expect(request.split('\n').length - told).toBeLessThanOrEqual(14);
    }
  );

  it('says what to do without the command, where that is long, and where the command is', () => {
    const request = requestText(trans, aStore({ document: recorded('unset-black-hole') }), FROM, NOW);
    expect(request.replace(/\s+/g, ' ')).toContain('What to do Create the codeartifact.api endpoint');
    expect(request.replace(/\s+/g, ' ')).toContain('it prints every command and policy');
    expect(request).not.toContain('aws ec2');
  });

  it('has the statement that a role lacks, and not a command that only looks around', () => {
    const request = requestText(trans, aStore({ document: recorded('denied-role') }), FROM, NOW);
    expect(request).toContain('"Action": "codeartifact:GetAuthorizationToken"');
    expect(request).not.toContain('list-domains');
  });

  it('has behind it what was seen, every alternative, and the path', () => {
    expect(whole).toContain('What was seen  codeartifact.eu-central-1.amazonaws.com');
    expect(whole).toContain('54.239.55.167 is a public address');
    expect(whole.replace(/\s+/g, ' ')).toContain(
      'Path Notebook OK | DNS public address | API endpoint Timeout | IAM, Token, Repository endpoint, Index not reached'
    );
    const lines = whole.split('\n').map(line => line.trim());
    for (const line of publicTimeout.rungs[3].fix!.snippets.flatMap(snippet => snippet.text.split('\n'))) {
      expect(lines).toContain(line.trim());
    }
  });

  it('names the role', () => {
    const document = {
      ...roleDenied,
      rungs: roleDenied.rungs.map(rung =>
        rung.id === 'credentials' ? { ...rung, evidence: { ...rung.evidence, role: 'SageMaker-DS' } } : rung
      )
    };
    expect(requestText(trans, aStore({ document }), FROM, NOW)).toMatch(/^Role +SageMaker-DS$/m);
  });

  it('keeps prose within 76 columns', () => {
    const commands = new Set(
      publicTimeout.rungs[3].fix!.snippets.flatMap(snippet =>
        snippet.text.split('\n').map(line => line.trim())
      )
    );
    for (const line of `${text}\n${whole}`.split('\n').filter(item => !commands.has(item.trim()))) {
      expect(line.length).toBeLessThanOrEqual(76);
    }
  });

  it('sets no back quotes', () => {
    expect(requestText(trans, aStore({ document: roleDenied }), FROM, NOW)).not.toContain('`');
  });

  it('works before there is a document: the server part is missing', () => {
    const store = aStore({ document: null, problem: { kind: 'server_missing', message: '' } });
    const request = requestText(trans, store, { host: '', version: '' }, NOW);
    expect(request).toContain('CodeArtifact: The server part is missing');
    expect(request).toContain('python -m pip install jupyterlab-codeartifact');
  });
});

describe('the report', () => {
  it('is a table of all steps with their evidence, the fix and the files', () => {
    const report = reportText(trans, aStore({ document: publicTimeout }), FROM, NOW);
    expect(report).toContain('# CodeArtifact: Timeout at the API endpoint');
    expect(report.split('\n').filter(line => line.startsWith('| `'))).toHaveLength(14);
    expect(report).toContain('### If the endpoint is missing');
  });

  it('lets no secret through that somebody else put into a text', () => {
    const canary = 'eyJ2ZXIiOjEsImlzdSI6MTYwMDAwMDAwMH0.abcdef.ghijkl';
    const document = {
      ...publicTimeout,
      notes: [
        `see https://aws:${canary}@analytics.example/simple/`,
        `Authorization: Basic ${canary}`,
        `the answer was ${canary}`,
        'AKIAIOSFODNN7EXAMPLE',
        'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
      ]
    };
    for (const write of [reportText, requestText]) {
      const text = write(trans, aStore({ document }), FROM, NOW);
      expect(text).not.toContain(canary);
      expect(text).not.toContain('AKIAIOSFODNN7');
      expect(text).not.toContain('wJalrXUtnFEMI');
    }
  });
});
