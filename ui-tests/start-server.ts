import { startDemo } from './start-demo';

/** One server for the whole run; tests that need another one start it themselves. */
export default async function startServer(): Promise<() => Promise<void>> {
  const { demo, stop } = await startDemo('build/ui');
  process.env.CODEARTIFACT_DEMO = JSON.stringify(demo);
  return stop;
}
