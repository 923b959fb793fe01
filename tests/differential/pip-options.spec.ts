import { optionNamed } from '../../src/engine/tools/pip/option-table';
import { pythonWith, startJudge, versionsOf } from './judges';

// Every option of the real pip is in the table, under the same name and for the same commands; those that say nothing
// of whether a package can be had are named here.

type Options = Record<string, { commands: readonly string[]; dest: string }>;

const MEAN_NOTHING = new Set([
  ...['build-option', 'global-option', 'install-option', 'cache-dir', 'refresh-package', 'help'],
  ...['dest', 'destination-dir', 'destination-directory', 'wheel-dir'],
  ...['source', 'source-dir', 'source-directory', 'src', 'log', 'log-file', 'local-log']
]);

test.each(['with_pip("newest")', 'with_pip("24.0")', 'with_pip(e.OLD)'])(
  'the options of %s are known',
  async call => {
    const interpreter = pythonWith(call);
    const version = versionsOf(interpreter).pip.split('.').map(Number);
    const installed = { pip: version, python: null, venv: false, systemSitePackages: true };
    const judge = startJudge<string, { answers: Options[] }>(interpreter, 'pip-judge.py');
    const { answers } = await judge.ask(['options']);
    await judge.stop();
    const wrong = Object.entries(answers[0]).flatMap(([name, { commands, dest }]) =>
      (['install', 'download', 'wheel', 'pip'] as const).flatMap(command => {
        const known = optionNamed(name, command, installed);
        // `pip install --version` is a switch without meaning.
        const real = commands.includes(command) && !(name === 'version' && command !== 'pip');
        const same = known === undefined || known.dest === 'switch' || known.dest === dest;
        return MEAN_NOTHING.has(name) || (Boolean(known) === real && same) ? [] : [`${name} of ${command}`];
      })
    );
    expect(wrong).toEqual([]);
  }
);
