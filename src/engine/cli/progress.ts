import type { Rung } from '../../protocol/rung';
import { rungLine, type Paint } from './print';

/** Where progress goes: a terminal is redrawn in place, anything else gets each rung once. */
export interface Screen {
  readonly write: (text: string) => void;
  readonly terminal: boolean;
}

/** Shows the rungs on stderr in ladder order while they are climbed. */
export interface Progress {
  readonly show: (rungs: readonly Rung[]) => void;
  readonly end: () => void;
}

export function createProgress(screen: Screen, paint: Paint): Progress {
  let drawn = 0;
  let told = 0;
  let last: readonly Rung[] = [];

  function redraw(rungs: readonly Rung[]): void {
    const lines = rungs.map(rung => `\x1b[2K${rungLine(rung, paint)}\n`);
    screen.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}${lines.join('')}`);
    drawn = rungs.length;
  }

  /** In ladder order, each when it and all before it are known. */
  function append(rungs: readonly Rung[]): void {
    while (told < rungs.length && !['waiting', 'running'].includes(rungs[told].verdict)) {
      screen.write(`${rungLine(rungs[told], paint)}\n`);
      told += 1;
    }
  }

  return {
    show: rungs => {
      last = rungs;
      if (screen.terminal) {
        redraw(rungs);
      } else {
        append(rungs);
      }
    },
    end: () => {
      if (!screen.terminal) {
        append(last);
      }
    }
  };
}
