// Takes the pictures of the documentation anew, from the scenes of the gallery.   make docs-images
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const SCENES = 'build/docs-images';
const OUT = 'docs/images';

/** Scenes of testing/fixtures/lab that stand alone in the user guide. */
const SINGLE = {
  '1a': 'first-run',
  'preview-changed': 'preview',
  '17c': 'kernels',
  '19a': 'packages',
  15: 'pinned'
};

/** The README's picture: three states side by side, cut where the first ends to repeat what the others show. */
const README = { ids: ['4', '6', '8'], width: 300, gap: 20, height: 876 };

const wanted = [...Object.keys(SINGLE), ...README.ids];
execFileSync(
  process.execPath,
  [
    'scripts/gallery.mjs',
    '--panel-only',
    ...['--only', wanted.join(',')],
    ...['--themes', 'light', '--widths', '300', '--out', SCENES]
  ],
  { stdio: 'inherit' }
);
const picture = id => join(SCENES, 'light-300', `${id}.png`);
mkdirSync(OUT, { recursive: true });
for (const [id, name] of Object.entries(SINGLE)) {
  copyFileSync(picture(id), join(OUT, `${name}.png`));
}

const { ids, width, gap, height } = README;
const images = ids.map(id => `<img src="data:image/png;base64,${readFileSync(picture(id), 'base64')}">`);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu']
});
try {
  const page = await browser.newPage({
    viewport: { width: ids.length * (width + gap) - gap, height }
  });
  await page.setContent(
    `<style>body{margin:0;display:flex;gap:${gap}px;align-items:flex-start;background:#e0e0e0}</style>${images.join('')}`
  );
  await page.screenshot({ path: join(OUT, 'panel.png') });
} finally {
  await browser.close();
}
console.log(`docs-images: ${OUT}`);
