import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * A port on loopback on which connects hang, as they do behind a security group: the accept queue
 * is full and nobody accepts. Node's own server always accepts, so a small Python process holds it.
 */
export interface Hole {
  readonly port: number;
  close(): Promise<void>;
}

const script = `
import socket, sys
address, port = sys.argv[1], int(sys.argv[2])
hole = socket.socket()
hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
hole.bind((address, port))
hole.listen(0)
filler = socket.create_connection(hole.getsockname())
print(hole.getsockname()[1], flush=True)
sys.stdin.read()
`;

export async function openHole(address = '127.0.0.1', port = 0): Promise<Hole> {
  const child = spawn('python3', ['-c', script, address, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit']
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    port: Number(line.toString()),
    async close() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    }
  };
}
