/** Where the demo of this run is; see start-server.ts. */
export interface Demo {
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly home: string;
  readonly notebooks: string;
  readonly control: string;
  readonly pid: number;
}

export const demo = (): Demo => JSON.parse(process.env.CODEARTIFACT_DEMO ?? '{}') as Demo;

/** Puts the emulator into one of its named states. */
export async function scenario(name: string, where: Pick<Demo, 'control'> = demo()): Promise<void> {
  const answer = await fetch(`${where.control}/scenario`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scenario: name })
  });
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
}
