import * as React from 'react';
import { useUI } from './context';
import { Late } from './late';

/** A component whose code is loaded when it is first drawn; from then on it is drawn at once. */
export function latePart<P extends object>(
  load: () => Promise<React.ComponentType<P>>
): React.ComponentType<P> {
  const part = new Late(load);
  return function LatePart(props: P): React.JSX.Element | null {
    const { trans } = useUI();
    const [failed, setFailed] = React.useState(false);
    const [, draw] = React.useReducer((count: number) => count + 1, 0);
    React.useEffect(() => {
      if (part.now === null) {
        part.load().then(draw, () => setFailed(true));
      }
    }, []);
    if (part.now !== null) {
      return <part.now {...props} />;
    }
    // The server is gone, or was upgraded while this page was open.
    return failed ? <p>{trans.__('This part could not be loaded. Reload this page.')}</p> : null;
  };
}
