// Screenshots of every state of the panel: the real components with fixtures, without a server.
//   node scripts/gallery.mjs [--only ID[,ID]] [--themes light,dark,contrast] [--widths 300,240] [--rtl] [--language pseudo]
//                            [--panel-only] [--out DIR]
// --rtl draws it from right to left; --language pseudo with every text marked and 40 % longer.
// --panel-only leaves the caption out, for the pictures of the documentation.
// Writes DIR/{light,dark,contrast}-{300,240}/SCENE.png and a page of all of them to open by hand, and
// runs axe over each theme. Theme variables are JupyterLab's own, copied from where it is installed.
import { AxeBuilder } from '@axe-core/playwright';
import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : otherwise;
};
const out = resolve(option('out', 'build/gallery'));
const only = option('only', '').split(',').filter(Boolean);
const rtl = process.argv.includes('--rtl');
const language = option('language', '');
const panelOnly = process.argv.includes('--panel-only');
const themes = option('themes', 'light,dark,contrast').split(',');
/** The other widths need no second and third theme: they differ in lines, not in colours. 250 px is a side bar's default. */
const widths = option('widths', '').split(',').filter(Boolean).map(Number);
const widthsOf = theme => (widths.length ? widths : theme === 'light' ? [240, 250, 300, 500] : [300]);
// The high contrast theme takes its colours from these, which JupyterLab itself brings.
const colours = readFileSync('node_modules/@jupyterlab/apputils/style/materialcolors.css', 'utf8');
const prefix = option('prefix', process.env.VIRTUAL_ENV ?? '.venv');

const NAMES = {
  light: 'theme-light-extension',
  dark: 'theme-dark-extension',
  contrast: 'theme-dark-high-contrast-extension'
};

mkdirSync(out, { recursive: true });
await build({
  entryPoints: ['ui-tests/gallery/gallery.tsx'],
  bundle: true,
  outfile: join(out, 'gallery.js'),
  format: 'iife',
  jsx: 'transform',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.svg': 'text', '.py': 'text', '.css': 'empty' },
  logLevel: 'error'
});
await build({
  // In JupyterLab's own style sheets, as in a side bar: they set sizes and margins of what the panel is made of.
  stdin: {
    contents: ['application', 'apputils', 'ui-components']
      .map(name => `@import '@jupyterlab/${name}/style/index.css';`)
      .concat(['base', 'path', 'on-demand'].map(name => `@import './style/${name}.css';`))
      .join('\n'),
    loader: 'css',
    resolveDir: '.'
  },
  bundle: true,
  plugins: [
    {
      // webpack's "~" is a package; an icon font is not part of what is drawn here.
      name: 'tilde',
      setup: ({ onResolve, resolve: find }) =>
        void onResolve({ filter: /^~/ }, ({ path, ...from }) =>
          path.includes('fontawesome') ? { path, external: true } : find(path.slice(1), from)
        )
    }
  ],
  outfile: join(out, 'panel.css'),
  loader: Object.fromEntries(
    ['svg', 'png', 'gif', 'woff', 'woff2', 'ttf', 'eot'].map(kind => [`.${kind}`, 'dataurl'])
  ),
  logLevel: 'error'
});

for (const theme of themes) {
  const file = join(prefix, 'share/jupyter/lab/themes/@jupyterlab', NAMES[theme], 'index.css');
  if (!existsSync(file)) {
    throw new Error(`JupyterLab's theme is not at ${file}: give --prefix.`);
  }
  for (const width of widthsOf(theme)) {
    const name = `${theme}-${width}`;
    writeFileSync(
      join(out, `${name}.html`),
      `<!doctype html><html lang="en" dir="${rtl ? 'rtl' : 'ltr'}" data-language="${language}"><meta charset="utf-8"><title>${name}</title>` +
        `<style>${colours}${readFileSync(file, 'utf8')}</style><link rel="stylesheet" href="panel.css">` +
        `<style>${readFileSync('ui-tests/gallery/gallery.css', 'utf8')}:root{--gallery-width:${width}px}</style>` +
        `<body class="jp-ThemedContainer"><main id="root"></main><script src="gallery.js"></script>`
    );
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync'
  ]
});
let faults = 0;
try {
  for (const theme of themes) {
    for (const width of widthsOf(theme)) {
      const name = `${theme}-${width}`;
      mkdirSync(join(out, name), { recursive: true });
      const context = await browser.newContext({
        viewport: { width: 1600, height: 1000 },
        reducedMotion: 'reduce',
        timezoneId: 'UTC',
        locale: 'en-GB'
      });
      const page = await context.newPage();
      page.on('pageerror', error => {
        faults++;
        console.error(`${name}: ${error.message}`);
      });
      await page.goto(pathToFileURL(join(out, `${name}.html`)).href);
      for (const figure of await page.locator('figure').all()) {
        const id = (await figure.getAttribute('id')).replace('scene-', '');
        if (!only.length || only.includes(id)) {
          const shown = panelOnly ? figure.locator('section.jp-CodeArtifact') : figure;
          await shown.screenshot({ path: join(out, name, `${id}.png`) });
        }
      }
      if (!only.length) {
        await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
        const { violations, incomplete } = await new AxeBuilder({ page }).analyze();
        for (const [kind, list] of Object.entries({ violation: violations, incomplete })) {
          for (const rule of list) {
            faults += kind === 'violation' ? 1 : 0;
            console.log(
              `${name}: ${kind} ${rule.id} (${rule.nodes.length}): ${rule.nodes[0].target} ${rule.nodes[0].failureSummary?.replace(/\s+/g, ' ').slice(0, 200)}`
            );
          }
        }
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
console.log(`gallery: ${out}, ${faults} faults`);
process.exitCode = faults ? 1 : 0;
