import { startDemo } from './start-demo';

/** One server for the whole run, or the one that CODEARTIFACT_DEMO describes; tests that need another start it. */
export default async function startServer(): Promise<(() => Promise<void>) | void> {
  if (process.env.CODEARTIFACT_DEMO) {
    return;
  }
  const { demo, stop } = await startDemo('build/ui');
  process.env.CODEARTIFACT_DEMO = JSON.stringify(demo);
  return stop;
}
