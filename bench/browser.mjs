// What a user waits for in the browser, and what comes over the wire, with the real server, engine and emulator.
//
//     node bench/browser.mjs [ROUNDS]
//
// JupyterLab without the extension, with it and without it again take turns: how far the two without it are apart is the
// noise of the machine. The report is
// build/reports/browser.json, of which scripts/write-performance.py makes the tables of docs/performance.md.
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { countBytes } from './browser/bytes.mjs';
import { button, HEADLINE, noteLauncher, TAB, timed } from './browser/clock.mjs';
import { startDemo } from './browser/demo.mjs';

const rounds = Number(process.argv[2] ?? 7);
const folder = mkdtempSync(join(tmpdir(), 'bench-browser-'));
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The front ends of the environment without ours. */
function otherExtensions() {
  const installed = '.venv/share/jupyter/labextensions';
  const others = join(folder, 'labextensions');
  mkdirSync(others);
  readdirSync(installed)
    .filter(name => name !== 'jupyterlab-codeartifact')
    .forEach(name => symlinkSync(resolve(installed, name), join(others, name)));
  return others;
}

/** A page in a browser profile of its own, which has nothing in its cache. */
async function visit(browser, demo, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(noteLauncher);
    const bytes = await countBytes(page);
    await page.goto(demo.lab);
    await page.waitForFunction(() => 'launcherAt' in window, undefined, { timeout: 120_000 });
    return await use(page, bytes);
  } finally {
    await context.close();
  }
}

/** JupyterLab's start until its launcher is drawn; the page's time, from the navigation, and its heap. */
async function starts(browser, sides) {
  const times = { without: [], with: [], again: [] };
  const heap = { without: [], with: [], again: [] };
  for (let i = 0; i <= rounds; i++) {
    for (const [name, demo] of Object.entries(sides)) {
      await visit(browser, demo, async page => {
        const session = await page.context().newCDPSession(page);
        await session.send('Performance.enable');
        await session.send('HeapProfiler.enable');
        await session.send('HeapProfiler.collectGarbage');
        const { metrics } = await session.send('Performance.getMetrics');
        if (i > 0) {
          times[name].push(await page.evaluate(() => window.launcherAt));
          heap[name].push(metrics.find(each => each.name === 'JSHeapUsedSize').value / 1e6);
        }
      });
    }
  }
  return { times, heap };
}

/** One user's first minute, each time in a fresh browser, not connected. */
async function firstMinute(browser, demo) {
  await demo.ask('disconnect');
  return visit(browser, demo, async (page, bytes) => {
    // What the page still loads after its launcher, such as settings.
    await page.waitForLoadState('networkidle');
    const before = await bytes.take();
    // It listens before the press: the headline may be there as soon as the header.
    const headline = timed(page, { selector: HEADLINE });
    const opening = timed(page, {
      press: { selector: TAB, text: '' },
      selector: '.jp-CodeArtifact-header h2'
    });
    const shell = await opening;
    const first = await headline;
    await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    const connected = await timed(page, {
      press: button('Connect'),
      selector: HEADLINE,
      text: '^Connected'
    });
    await page.waitForLoadState('networkidle');
    return { shell, first, connected, bytes: { before, opened: await bytes.take() } };
  });
}

/** The black hole: when it says that nothing answers, when it says Timeout; and when it notices the repair by itself. */
async function blackHole(browser, demo) {
  await demo.ask('disconnect');
  return visit(browser, demo, async page => {
    await timed(page, { press: { selector: TAB, text: '' }, selector: HEADLINE });
    await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    await demo.scenario('no-endpoints');
    const [answered, silence] = await Promise.all([
      timed(page, { press: button('Connect'), selector: HEADLINE, text: '^Timeout' }),
      timed(page, { selector: '.jp-CodeArtifact', text: 'No answer yet' })
    ]);
    const repaired = timed(page, { selector: HEADLINE, text: '^Connected' });
    await demo.scenario('ok');
    return { silence, timeout: answered, repaired: await repaired };
  });
}

const browser = await chromium.launch({
  executablePath: execFileSync('scripts/find-browser.sh', { encoding: 'utf8' }).trim(),
  args: ['--no-sandbox', '--disable-gpu']
});
const demo = await startDemo(join(folder, 'with'));
const bare = await startDemo(
  join(folder, 'without'),
  `--LabApp.labextensions_path=${JSON.stringify([otherExtensions()])}`,
  "--ServerApp.jpserver_extensions={'jupyterlab_codeartifact': False}"
);
try {
  const minutes = [];
  const holes = [];
  const { times, heap } = await starts(browser, { without: bare, with: demo, again: bare });
  for (let i = 0; i <= rounds; i++) {
    const minute = await firstMinute(browser, demo);
    if (i > 0) {
      minutes.push(minute);
    }
  }
  for (let i = 0; i < Math.min(rounds, 5); i++) {
    holes.push(await blackHole(browser, demo));
  }
  const rows = {
    'Click on the tab: the panel’s header': minutes.map(({ shell }) => shell),
    'Click on the tab: the first headline': minutes.map(({ first }) => first),
    'Click on Connect: Connected': minutes.map(({ connected }) => connected),
    'Click on Connect in a black hole: “No answer yet”': holes.map(({ silence }) => silence),
    'Click on Connect in a black hole: Timeout': holes.map(({ timeout }) => timeout),
    'The repair: Connected, without a click': holes.map(({ repaired }) => repaired),
    'Page load to launcher, without the extension': times.without,
    'Page load to launcher, with it': times.with,
    'Difference, pair by pair': times.with.map((value, i) => value - times.without[i]),
    'Difference between two without it': times.again.map((value, i) => value - times.without[i])
  };
  for (const [label, values] of Object.entries(rows)) {
    const told = [Math.min(...values), median(values), Math.max(...values)].map(ms =>
      ms.toFixed(0).padStart(8)
    );
    console.log(`  ${label.padEnd(60)}${told.join('')}  ms  (n=${values.length})`);
  }
  console.log(`  heap, MB: ${median(heap.without).toFixed(1)} without, ${median(heap.with).toFixed(1)} with`);
  const { bytes } = minutes.at(-1);
  for (const [phase, requests] of Object.entries(bytes)) {
    console.log(`  ${phase}: ${requests.reduce((sum, { wire }) => sum + wire, 0)} bytes on the wire`);
    for (const { path, method, wire, plain, encoding } of requests.toSorted((a, b) => b.wire - a.wire)) {
      console.log(
        `    ${String(wire).padStart(7)} of ${String(plain ?? 0).padStart(7)} ${encoding} ${method} ${path}`
      );
    }
  }
  mkdirSync('build/reports', { recursive: true });
  writeFileSync('build/reports/browser.json', JSON.stringify({ rows, heap, bytes }));
} finally {
  await browser.close();
  await Promise.all([demo.stop(), bare.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
