import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

/**
 * A real JupyterLab with its token and XSRF checks on, the real engine and the emulator behind it.
 * One worker: the tests share one server and put the emulator into states.
 */
export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  workers: 1,
  timeout: 90_000,
  // What is to be seen is waited for, also on a machine that does something else.
  expect: { timeout: 15_000 },
  retries: 0,
  reporter: [
    ['list'],
    ['junit', { outputFile: resolve(process.env.CODEARTIFACT_REPORT ?? 'build/reports/ui.xml') }]
  ],
  globalSetup: './start-server.ts',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    video: 'off',
    trace: 'off',
    launchOptions: {
      executablePath: execFileSync('scripts/find-browser.sh', { encoding: 'utf8' }).trim(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  }
});
