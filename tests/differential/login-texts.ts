import type { Random } from './aws-configuration';

/** A script or a cell, of which some lines log in. */
export interface LoginText {
  readonly kind: 'bash' | 'cell';
  readonly text: string;
}

type Pick = <T>(from: readonly T[]) => T;

const VALUES: Readonly<Record<string, readonly string[]>> = {
  tool: ['pip', 'twine', 'uv'],
  domain: ['analytics', 'my-domain', 'd2'],
  'domain-owner': ['111122223333', '444455556666'],
  repository: ['isolatedsm', 'team.repo', 'a_b-c'],
  region: ['eu-central-1', 'us-east-1'],
  profile: ['corp', 'two words'],
  'duration-seconds': ['900', '0']
};
const GLOBALS = ['region', 'profile'];

/** Texts as people write them: every way to write a value, a line and a command around it. */
export function someText(random: Random): LoginText {
  const chance = (p: number) => random() < p;
  const one: Pick = from => from[Math.floor(random() * from.length)];
  let ansi = true;
  let marks = 0;
  const mark = () => `m${(marks += 1)}`;
  const eol = chance(0.05) ? '\n\n' : '\n';

  const options = () =>
    Object.keys(VALUES).filter(name => ['tool', 'domain', 'repository'].includes(name) || chance(0.5));

  /** A value in a shell; `known` are the variables that were given one. */
  const shellValue = (text: string, known: ReadonlyMap<string, string>, plain: boolean): string => {
    const variable = [...known].filter(([, value]) => value === text).map(([name]) => name);
    const bare = text.includes(' ') ? `"${text}"` : text;
    if (plain) {
      return text.includes(' ') ? '"two words"' : text;
    }
    if (variable.length > 0 && chance(0.7)) {
      const name = one(variable);
      return one([
        `"$${name}"`,
        `"\${${name}}"`,
        `"\${${name}:-other}"`,
        ...(text.includes(' ') ? [] : [`$${name}`])
      ]);
    }
    return one([
      bare,
      bare,
      `'${text}'`,
      `"${text}"`,
      `${text[0]}"${text.slice(1)}"`,
      `"\${NOT_SET:-${text}}"`,
      // Of bash alone: IPython's shell may be another one.
      ...(ansi ? [`$'${text}'`] : []),
      ...(text.includes(' ') ? [text.replace(' ', '\\ ')] : [`\\${text}`, `\${NOT_SET-${text}}`]),
      ...(chance(0.2) ? ['"$NOT_SET"', '$(echo x)'] : [])
    ]);
  };
  const login = (known: ReadonlyMap<string, string>, { plain = false, separators = [' '] } = {}): string => {
    const space = () => (chance(0.15) ? one(separators) : ' ');
    const option = (name: string): string => {
      const value = shellValue(one(VALUES[name]), known, plain);
      const short = chance(0.1) && name === 'repository' ? 'repo' : name;
      return `--${short}${chance(0.25) ? '=' : space()}${value}`;
    };
    const all = options().sort(() => random() - 0.5);
    const before = all.filter(name => GLOBALS.includes(name) && chance(0.5));
    const words = [
      one(['aws', 'aws', 'aws', 'command aws', 'env A=b aws', 'A=b aws']),
      ...before.map(option),
      'codeartifact',
      'login',
      ...all.filter(name => !before.includes(name)).map(option)
    ];
    return words.join(plain ? ' ' : space());
  };

  const bash = (): string => {
    const known = new Map<string, string>();
    const separators = [' ', ' \\\n  ', '  ', '\t', ' \\\n'];
    const assign = (): string => {
      const name = one(['DOMAIN', 'REPO', 'OWNER', 'X']);
      const value = one(
        Object.values(VALUES)
          .flat()
          .filter(text => !text.includes(' '))
      );
      known.set(name, value);
      return one([
        `${name}=${value}`,
        `export ${name}="${value}"`,
        `${name}='${value}'`,
        `declare ${name}=${value}`
      ]);
    };
    const l = () => login(known, { separators });
    const e = () => `echo ${mark()}`;
    const block = (): string =>
      one<() => string>([
        l,
        l,
        () => `${l()} # why`,
        () => `if true; then ${l()}; fi`,
        () => `if true; then\n  ${l()}\nfi`,
        () => `if false; then\n  ${l()}\nelse\n  ${e()}\n  ${l()}\nfi`,
        () => `if ${l()}; then\n  ${e()}\nfi`,
        () => `if ! ${l()}; then\n  ${e()}\nfi`,
        () => `${e()} && ${l()}`,
        () => `${e()} &&\n  ${l()}`,
        () => `${l()} && ${e()}`,
        () => `${l()} || ${e()}`,
        () => `${l()}; ${e()}`,
        () => `(cd / && ${l()})`,
        () => `{ ${l()}; }`,
        () => `f() {\n  ${l()}\n}\nf`,
        () => `f() { ${l()}; }; f`,
        () => `for i in 1 2; do\n  ${l()}\ndone`,
        () => `case x in\n  y) ${e()} ;;\n  x) ${l()} ;;\nesac`,
        () => `case x in\n  (x)\n    ${l()}\n    ;;\nesac`,
        () => `${l()} > /dev/null 2>&1`,
        () => `OUT=$(${l()}) && echo "[$OUT]"`,
        () => `bash -c '${login(new Map(), { plain: true })}'`,
        () => `bash <<'EOF'\n${login(new Map(), { plain: true })}\n${e()}\nEOF`,
        () => `cat <<EOF\n${login(new Map(), { plain: true })}\nEOF`,
        () => `cat <<-'END'\n\t${login(new Map(), { plain: true })}\n\tEND`,
        () => `# ${l().replace(/\\\n/g, ' ')}`,
        () => `echo '${login(new Map(), { plain: true })}'`,
        () => `[[ x == x && -n "y" ]] && ${l()}`,
        () => `[ -n "x" ] && { ${l()}\n}`,
        () => `a=(1 2 3)\n${l()}`,
        () => `while true; do ${l()}; break; done`,
        () => `if true; then X=eu-central-1; fi\n${l()}`,
        () => `X=444455556666 ${l()}`,
        () => `time ${l()}`,
        e,
        assign,
        assign
      ])();
    return Array.from({ length: 1 + Math.floor(random() * 5) }, block).join(eol) + '\n';
  };

  const cell = (): string => {
    if (chance(0.25)) {
      return `${one(['%%bash', '%%script bash', '%%bash --no-raise-error', '\n%%bash'])}\n${bash()}`;
    }
    const python = new Map<string, string>();
    const environment = new Map<string, string>();
    const e = () => `print("${mark()}")`;
    const shellLine = () => {
      ansi = false;
      // IPython replaces what it knows before the shell sees the line; one name that it does not know stops that.
      const known = environment.size > 0 ? environment : new Map<string, string>();
      const text = login(known, { separators: [' \\\n    ', ' '], plain: known.size === 0 });
      if (known.size > 0) {
        return text;
      }
      return [...python].reduce(
        (all, [name, value]) =>
          chance(0.6) ? all.replace(`=${value}`, `={${name}}`).replace(` ${value}`, ` $${name}`) : all,
        text
      );
    };
    const plain = () => login(new Map(), { plain: true });
    const words = () => plain().replace(/^(?:command|env A=b|A=b) /, '');
    const list = () =>
      (words().match(/"[^"]*"|[^\s"]+"[^"]*"|\S+/g) ?? [])
        .map(word => {
          const bare = word.replaceAll('"', '');
          const variable = [...python].find(([, value]) => value === bare);
          return variable && chance(0.5) ? variable[0] : one([`"${bare}"`, `'${bare}'`]);
        })
        .join(one([', ', ',\n    ']));
    const fString = () =>
      [...python]
        .reduce((all, [name, value]) => all.replace(` ${value}`, ` {${name}}`), plain())
        .replaceAll('"', "'");
    const call = () =>
      one<() => string>([
        () => `os.system('${plain()}')`,
        () => `os.system(f"${fString()}")`,
        () => `subprocess.run([${list()}])`,
        () => `subprocess.check_call([${list()}], stdout=subprocess.DEVNULL)`,
        () => `subprocess.run('${plain()}', shell=True, check=True)`,
        () => `subprocess.run(shlex.split('${words()}'))`,
        () => `subprocess.check_output('${words().replace(/"two words"/g, 'corp')}'.split())`,
        () => `subprocess.run("${words().replaceAll('"', "'").replace(' --', ' "\n    "--')}", shell=True)`,
        () => `get_ipython().system('${plain()}')`
      ])();
    const block = (): string =>
      one<() => string>([
        () => `!${shellLine()}`,
        () => `!${shellLine()}`,
        () => `! ${shellLine()}`,
        () => `out = !${shellLine()}\nprint(len(out))`,
        () => `%sx ${plain()}`,
        () => `%system ${plain()}`,
        () => `!${plain()} && echo ${mark()}`,
        () => `!echo ${mark()}; ${plain()}`,
        () => `if True:\n    !${shellLine()}`,
        () => `for i in range(1):\n    !${shellLine()}\n    ${e()}`,
        () => `try:\n    ${call()}\nexcept Exception:\n    ${e()}`,
        () => `def f():\n    ${call()}\nf()`,
        () => `with open("/dev/null") as g:\n\t!${plain()}`,
        call,
        call,
        () => `r = ${call()}\nprint(type(r) is not str)`,
        () => `if True: ${call()}`,
        () => `assert ${call()} is not 5`,
        () => `text = """\n!${plain()}\n"""`,
        () => `# !${plain()}`,
        () => `x = [1,\n  2]  # (`,
        () => `doc = '!${plain()}'`,
        e,
        () => {
          const name = one(['domain', 'repo', 'owner']);
          const value = one(
            Object.values(VALUES)
              .flat()
              .filter(text => !text.includes(' '))
          );
          python.set(name, value);
          return `${name} = ${one([`"${value}"`, `'${value}'`, `("${value}")`])}`;
        },
        () => {
          if (python.size > 0) {
            return e();
          }
          environment.set('DOMAIN', 'analytics');
          return one([`%env DOMAIN=analytics`, `os.environ["DOMAIN"] = "analytics"`]);
        }
      ])();
    const head = chance(0.1) ? `${one(['%%capture', '%%time'])}\n` : '';
    return `${head}import os, subprocess, shlex\n${Array.from({ length: 1 + Math.floor(random() * 4) }, block).join(eol)}`;
  };
  return chance(0.5) ? { kind: 'bash', text: bash() } : { kind: 'cell', text: cell() };
}
