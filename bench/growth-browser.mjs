// What a user waits for with many open notebooks, running kernels and browser windows; real server, engine, emulator.
//
//     node bench/growth-browser.mjs      leaves build/reports/growth-browser.json for docs/performance.md
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { button, HEADLINE, TAB, timed } from './browser/clock.mjs';
import { startDemo } from './browser/demo.mjs';
import { load } from './bundle.mjs';

/* global performance, requestIdleCallback */
const ROUNDS = 5;
const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));
const { exponent } = await load(`export { exponent } from './bench/growth/measure';`);
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const NOTEBOOK = {
  cells: Array.from({ length: 20 }, (_, i) => ({
    cell_type: 'code',
    id: `cell-${i}`,
    source: `print(${i})`,
    metadata: {},
    outputs: [],
    execution_count: null
  })),
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
  nbformat: 4,
  nbformat_minor: 5
};

/** Until JupyterLab has nothing left to do: it draws the cells of open notebooks one after another when it is idle. */
const settled = page =>
  page.evaluate(
    () =>
      new Promise(resolve => {
        let quiet = 0;
        const look = deadline => {
          quiet = deadline.timeRemaining() > 10 ? quiet + 1 : 0;
          if (quiet === 10) {
            resolve();
          } else {
            setTimeout(() => requestIdleCallback(look), 50);
          }
        };
        requestIdleCallback(look);
      })
  );

/** Opens notebooks number `from` to `to` in JupyterLab, with a kernel each or without. */
async function openNotebooks(page, from, to, withKernel) {
  for (let i = from; i < to; i++) {
    await page.evaluate(
      async ([path, content, shouldStart]) => {
        const app = window.jupyterapp;
        await app.serviceManager.contents.save(path, { type: 'notebook', format: 'json', content });
        const args = {
          path,
          factory: 'Notebook',
          kernelPreference: { shouldStart, autoStartDefault: shouldStart }
        };
        const widget = await app.commands.execute('docmanager:open', {
          ...args,
          ...(shouldStart ? { kernel: { name: 'python3' } } : {})
        });
        await widget.context.ready;
        if (shouldStart) {
          await widget.context.sessionContext.ready;
          await widget.context.sessionContext.session.kernel.info;
        }
      },
      [`notebook-${withKernel}-${i}.ipynb`, NOTEBOOK, withKernel]
    );
  }
}

/** A window with the panel in front; its side bar shows the panel already when `again`. */
async function visit(context, demo) {
  const page = await context.newPage();
  await page.goto(demo.lab);
  await page.locator(TAB).first().waitFor({ timeout: 120_000 });
  await page.locator('.jp-LauncherCard').first().waitFor();
  await timed(page, { press: { selector: TAB, text: '' }, selector: HEADLINE });
  return page;
}

async function asked(demo, verb, method = 'POST') {
  const start = performance.now();
  const answer = await demo.ask(verb, method);
  const body = await answer.json();
  if (!answer.ok || body.verdict !== 'ok') {
    throw new Error(`${verb}: ${answer.status} ${JSON.stringify(body).slice(0, 200)}`);
  }
  return performance.now() - start;
}

const WHAT = {
  'Connect, from the click': async (page, demo) => {
    await demo.ask('disconnect');
    await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    return timed(page, { press: button('Connect'), selector: HEADLINE, text: '^Connected' });
  },
  'the panel, from the click on its tab': async page => {
    await page.locator(TAB).first().click();
    await page.locator(HEADLINE).first().waitFor({ state: 'hidden' });
    return timed(page, { press: { selector: TAB, text: '' }, selector: HEADLINE });
  },
  status: (_, demo) => asked(demo, 'state', 'GET'),
  preview: (_, demo) => asked(demo, 'preview')
};

/** Each of WHAT at each size; `grow` makes it of that size and answers the page that is looked at. */
async function curves(of, sizes, demo, grow) {
  const points = Object.fromEntries(Object.keys(WHAT).map(what => [what, []]));
  let before = 0;
  for (const size of sizes) {
    const page = await grow(before, size);
    await settled(page);
    before = size;
    for (const [what, measure] of Object.entries(WHAT)) {
      const times = [];
      for (let i = 0; i <= ROUNDS; i++) {
        times.push(await measure(page, demo));
      }
      points[what].push({ size, ms: median(times.slice(1)), verdict: 'ok' });
    }
    console.log(
      of,
      size,
      Object.entries(points)
        .map(([what, list]) => `${what} ${list.at(-1).ms.toFixed(1)}`)
        .join(', ')
    );
  }
  return Object.entries(points).map(([what, list]) => ({ what, of, points: list, exponent: exponent(list) }));
}

const browser = await chromium.launch({
  executablePath: execFileSync('scripts/find-browser.sh', { encoding: 'utf8' }).trim(),
  args: ['--no-sandbox', '--disable-gpu']
});
const demo = await startDemo(folder, '--LabApp.expose_app_in_browser=True');
const inContext = async use => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    return await use(context);
  } finally {
    await context.close();
  }
};
try {
  const notebooks = withKernel => async context => {
    const page = await visit(context, demo);
    const of = withKernel ? 'open notebooks with a kernel each' : 'open notebooks';
    return curves(of, withKernel ? [1, 3, 10] : [1, 5, 20], demo, async (from, to) => {
      await openNotebooks(page, from, to, withKernel);
      return page;
    });
  };
  const windows = async context => {
    const first = await visit(context, demo);
    return curves('browser windows', [1, 3, 10], demo, async (from, to) => {
      for (let i = Math.max(1, from); i < to; i++) {
        await visit(context, demo);
      }
      await first.bringToFront();
      return first;
    });
  };
  const all = [
    ...(await inContext(windows)),
    ...(await inContext(notebooks(false))),
    ...(await inContext(notebooks(true)))
  ];
  mkdirSync('build/reports', { recursive: true });
  writeFileSync('build/reports/growth-browser.json', JSON.stringify(all));
} finally {
  await browser.close();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}
