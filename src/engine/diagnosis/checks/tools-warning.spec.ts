import type { KernelPip } from '../../../protocol/kernel';
import type { ToolsReport } from '../../tools/inspect';
import { toolsTrouble } from './tools-warning';

const BY = 'index-url in /opt/torch/pip.conf, line 2 (https://pypi.org/simple)';
const FIX = 'python -m pip config --site unset global.index-url';

const kernel = (displayName: string, shadowedBy: string[], text = FIX): KernelPip => ({
  name: displayName.toLowerCase(),
  displayName,
  prefix: '/opt/torch',
  effective: shadowedBy.length === 0,
  shadowedBy,
  ...(shadowedBy.length > 0 && {
    fix: {
      who: 'you',
      text: `In the kernel ${displayName}`,
      snippets: [{ title: 't', language: 'bash', text }]
    }
  })
});

const report = (more: Partial<ToolsReport>): ToolsReport => ({
  files: [],
  ok: true,
  summary: 'pip does not use this connection because of X.',
  evidence: {},
  shadows: [],
  ...more
});

const inOwnWay = { ok: false, shadows: [{ by: 'the variable PIP_NO_INDEX', variable: 'PIP_NO_INDEX' }] };

/** Each row: what was found, what is said of it, and the texts to paste. */
const rows: { name: string; findings: Partial<ToolsReport>; text?: string; snippets?: number }[] = [
  { name: 'nothing', findings: {} },
  { name: 'kernels that use it', findings: { kernels: [kernel('A', [])] } },
  {
    name: 'one kernel',
    findings: { kernels: [kernel('A', []), kernel('B', [BY, 'more'])] },
    text: `In the kernel B, pip does not use this connection because of ${BY}, and 1 more.`,
    snippets: 1
  },
  {
    name: 'kernels of one environment, whose fix is one',
    findings: { kernels: [kernel('B', [BY]), kernel('C', [BY]), kernel('D', [BY], 'another')] },
    text: `In the kernel B, pip does not use this connection because of ${BY}. Neither does pip in the kernels C, D.`,
    snippets: 2
  },
  {
    name: 'the server’s own pip first',
    findings: { ...inOwnWay, kernels: [kernel('B', [BY])] },
    text: `pip does not use this connection because of X. In the kernel B, pip does not use this connection because of ${BY}.`,
    snippets: 3
  },
  {
    name: 'what is in the server’s way once, not again for each kernel',
    findings: { ...inOwnWay, kernels: [kernel('B', ['the variable PIP_NO_INDEX'])] },
    text: 'pip does not use this connection because of X.',
    snippets: 2
  }
];

test.each(rows)('$name', ({ findings, text, snippets }) => {
  const warning = toolsTrouble(report(findings));
  expect(warning?.text).toBe(text);
  expect(warning?.fix?.snippets.length).toBe(snippets);
});

test('a fix of several kernels names none of them', () => {
  const kernels = [kernel('B', [BY]), kernel('C', [BY])];
  expect(toolsTrouble(report({ kernels }))?.fix?.text).toMatch(/^Take away what is read before/);
});

test('a fix of a kernel alone names that kernel', () => {
  expect(toolsTrouble(report({ kernels: [kernel('B', [BY])] }))?.fix?.text).toBe('In the kernel B');
});

test('a file that lacks our password has no line to remove', () => {
  const findings = { ok: false, shadows: [{ by: 'x', path: '/home/ada/.netrc' }] };
  expect(toolsTrouble(report(findings))?.fix).toMatchObject({
    text: expect.stringContaining('Connect'),
    snippets: []
  });
});
