import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { startDemo } from './bench/browser/demo.mjs';
import { countBytes } from './bench/browser/bytes.mjs';
const browser = await chromium.launch({ executablePath: execFileSync('scripts/find-browser.sh', { encoding: 'utf8' }).trim(), args: ['--no-sandbox', '--disable-gpu'] });
const demo = await startDemo(mkdtempSync('/tmp/dbg-'));
try {
  await demo.post('disconnect');
  const page = await (await browser.newContext({viewport:{width:1280,height:900}})).newPage();
  page.on('console', m => m.text().match(/rtifact|rror/) && console.log('C', m.text().slice(0,600)));
  page.on('pageerror', e => console.log('E', e.stack?.slice(0,600)));
  const bytes = await countBytes(page);
  await page.goto(demo.lab);
  await page.waitForSelector('.jp-Launcher', {timeout: 60000});
  await page.waitForLoadState('networkidle');
  const out = async l => { const r = await bytes.take(); console.log(l, r.reduce((s,x)=>s+x.wire,0), r.reduce((s,x)=>s+x.gzip,0)); for (const x of r.toSorted((a,b)=>b.wire-a.wire)) console.log('  ', x.wire, x.gzip, x.method, x.path.split('/').slice(-1)[0]); };
  await out('before');
  await page.click('.lm-TabBar-tab[data-id="jupyterlab-codeartifact-panel"], .lm-TabBar-tab[title="CodeArtifact"]');
  await page.waitForTimeout(1500);
  console.log((await page.innerText('.jp-CodeArtifact')).slice(0,500));
  await page.getByRole('button', { name: 'Connect', exact: true }).click({timeout:5000});
  await page.waitForTimeout(1500);
  console.log((await page.innerText('.jp-CodeArtifact')).slice(0,800));
  await out('opened');
} finally { await browser.close(); await demo.stop(); }
