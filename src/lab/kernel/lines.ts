/** Takes text in pieces, and gives each of its lines that is a pair in JSON: what the user's own code prints is none. */
export function pairsOf(onPair: (name: string, value: unknown) => void): (piece: string) => void {
  let rest = '';
  return piece => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      try {
        const value: unknown = JSON.parse(line);
        if (Array.isArray(value) && value.length === 2) {
          onPair(String(value[0]), value[1]);
        }
      } catch {
        // Something else that was printed meanwhile.
      }
    }
  };
}
