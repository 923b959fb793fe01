import type { IPoller, ITimer } from './poller';
import { createPoller } from './poller';

const timer: ITimer = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  }
};

describe('looking again by itself', () => {
  let looks: number[];
  let start: number;
  let poller: IPoller;

  beforeEach(() => {
    jest.useFakeTimers();
    start = Date.now();
    looks = [];
    poller = createPoller(
      timer,
      () => looks.push((Date.now() - start) / 1000),
      () => undefined
    );
    poller.setVisible(true);
  });

  afterEach(() => {
    poller.dispose();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('looks 10 s after it turned red, 30 s after that, then every 60 s', () => {
    poller.checked('red');
    for (let second = 0; second < 230; second++) {
      const before = looks.length;
      jest.advanceTimersByTime(1000);
      if (looks.length > before) {
        poller.checked('red');
      }
    }
    expect(looks).toEqual([10, 40, 100, 160, 220]);
  });

  it('says when it looks next, for the countdown', () => {
    poller.checked('red');
    expect(poller.nextAt).toBe(start + 10_000);
    jest.advanceTimersByTime(10_000);
    expect(poller.nextAt).toBeNull();
    poller.checked('red');
    expect(poller.nextAt).toBe(start + 40_000);
  });

  it('begins at 10 s again after the path was whole in between', () => {
    poller.checked('red');
    jest.advanceTimersByTime(10_000);
    poller.checked('red');
    poller.checked('green');
    poller.checked('red');
    expect(poller.nextAt).toBe(Date.now() + 10_000);
  });

  it('looks at a whole path once a minute, and at a doubtful one after 10 s', () => {
    poller.checked('green');
    expect(poller.nextAt).toBe(start + 60_000);
    poller.checked('doubtful');
    expect(poller.nextAt).toBe(start + 10_000);
  });

  it('never looks where waiting mends nothing', () => {
    poller.checked('red');
    poller.checked('none');
    jest.advanceTimersByTime(600_000);
    expect(looks).toEqual([]);
    expect(poller.nextAt).toBeNull();
  });

  it('does not look while nobody sees the panel, and looks at once when it is overdue', () => {
    poller.checked('red');
    poller.setVisible(false);
    jest.advanceTimersByTime(25_000);
    expect(looks).toEqual([]);
    poller.setVisible(true);
    jest.advanceTimersByTime(0);
    expect(looks).toEqual([25]);
  });
});
