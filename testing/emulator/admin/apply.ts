import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Emulator } from '../contract';

export interface Applied {
  code: number;
  stdout: string;
  stderr: string;
}

/** What a printed text leaves to be filled in, from the world that the administrator sees. */
function blanks({ world }: Emulator): Record<string, string> {
  const { vpc, endpoints, caller } = world;
  return {
    VPC_ID: vpc.id,
    SUBNET_IDS: vpc.subnets.join(' '),
    NOTEBOOK_SUBNET: vpc.notebookInstance.subnet,
    NOTEBOOK_SG: vpc.notebookInstance.securityGroup,
    CLIENT_GROUPS: vpc.notebookInstance.securityGroup,
    ENDPOINT_SG: endpoints.api.securityGroup,
    ROLE_NAME: caller.roleArn.split('/').at(-1) ?? '',
    ROLE_ARN: caller.roleArn,
    ACCOUNT_ID: caller.account
  };
}

/** `NAME=…REPLACE…  # what it is`: an administrator puts the value in. */
function fillIn(text: string, values: Record<string, string>): string {
  const filled = text.replace(/^([A-Z][A-Z0-9_]*)=\S*REPLACE\S*/gm, (line, name: string) =>
    Object.hasOwn(values, name) ? `${name}='${values[name]}'` : line
  );
  const left = /^([A-Z][A-Z0-9_]*)=\S*REPLACE/m.exec(filled) ?? /(\S*REPLACE\S*)/.exec(filled);
  if (left !== null) throw new Error(`nobody told what is to be filled in for ${left[1]}`);
  return filled;
}

/**
 * Stand-ins for what would touch this machine: only the clock's commands are known, and they set the world's clock
 * right. Every other command through sudo fails.
 */
const standIns: Record<string, string> = {
  sudo: `case "$1 $2" in
"chronyc makestep") exec "$0-clock" ;;
"systemctl restart") case "$3" in chronyd|chrony|chronyd.service) exit 0 ;; esac ;;
"tee -a") case "$3" in /etc/chrony.conf|/etc/chrony/*) cat > /dev/null; exit 0 ;; esac ;;
esac
echo "sudo: the emulator does not know: $*" >&2
exit 1`,
  chronyc: 'echo "System time : 0.000000000 seconds fast of NTP time"'
};

const clockHeals = `exec curl -fsS -X POST -d '{"clockOffsetSeconds": 0}' "$EMULATOR_CONTROL/world" -o /dev/null`;

/**
 * Runs a text that was printed for an administrator, as it stands: by bash, with the real AWS CLI against the emulator's
 * administrator plane, in a home of its own. What CLI, service or shell do not take fails, with what they say.
 */
export async function applyText(
  emulator: Emulator,
  text: string,
  fill: Record<string, string> = {},
  account = emulator.world.account
): Promise<Applied> {
  const script = fillIn(text, { ...blanks(emulator), ...fill });
  const home = await mkdtemp(join(tmpdir(), 'administrator-'));
  try {
    const bin = join(home, 'bin');
    await mkdir(bin);
    // The papers name templates by their place in the repository.
    if (process.env.EMULATOR_INFRA) await symlink(process.env.EMULATOR_INFRA, join(home, 'infra'));
    for (const [name, body] of Object.entries({ ...standIns, 'sudo-clock': clockHeals })) {
      await writeFile(join(bin, name), `#!/bin/sh\n${body}\n`);
      await chmod(join(bin, name), 0o755);
    }
    const env = {
      PATH: [bin, process.env.EMULATOR_TOOLS, process.env.PATH].filter(Boolean).join(delimiter),
      HOME: home,
      TMPDIR: home,
      EMULATOR_CONTROL: emulator.controlUrl,
      AWS_PAGER: '',
      ...emulator.adminEnvOf(account)
    };
    return await new Promise((resolve, reject) => {
      const child = spawn('bash', ['-c', script], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const ran: Applied = { code: -1, stdout: '', stderr: '' };
      child.stdout.on('data', (part: Buffer) => (ran.stdout += part.toString()));
      child.stderr.on('data', (part: Buffer) => (ran.stderr += part.toString()));
      child.once('error', reject);
      child.once('close', code => resolve({ ...ran, code: code ?? -1 }));
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
