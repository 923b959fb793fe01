import type { Poller, Timer } from './poller';
import { createPoller } from './poller';

const timer: Timer = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  }
};

describe('looking again by itself', () => {
  let looks: number[];
  let start: number;
  let poller: Poller;

  beforeEach(() => {
    jest.useFakeTimers();
    start = Date.now();
    looks = [];
    poller = createPoller(
      timer,
      () => looks.push((Date.now() - start) / 1000),
      () => undefined
    );
    poller.visible(true);
  });

  afterEach(() => {
    poller.dispose();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('looks 10 s after it turned red, 30 s after that, then every 60 s', () => {
    poller.saw('red');
    for (let second = 0; second < 230; second++) {
      const before = looks.length;
      jest.advanceTimersByTime(1000);
      if (looks.length > before) {
        poller.saw('red');
      }
    }
    expect(looks).toEqual([10, 40, 100, 160, 220]);
  });

  it('says when it looks next, for the countdown', () => {
    poller.saw('red');
    expect(poller.nextAt).toBe(start + 10_000);
    jest.advanceTimersByTime(10_000);
    expect(poller.nextAt).toBeNull();
    poller.saw('red');
    expect(poller.nextAt).toBe(start + 40_000);
  });

  it('begins at 10 s again after the path was whole in between', () => {
    poller.saw('red');
    jest.advanceTimersByTime(10_000);
    poller.saw('red');
    poller.saw('green');
    poller.saw('red');
    expect(poller.nextAt).toBe(Date.now() + 10_000);
  });

  it('looks at a whole path once a minute, and at a doubtful one after 10 s', () => {
    poller.saw('green');
    expect(poller.nextAt).toBe(start + 60_000);
    poller.saw('doubtful');
    expect(poller.nextAt).toBe(start + 10_000);
  });

  it('never looks where waiting mends nothing', () => {
    poller.saw('red');
    poller.saw('none');
    jest.advanceTimersByTime(600_000);
    expect(looks).toEqual([]);
    expect(poller.nextAt).toBeNull();
  });

  it('does not look while nobody sees the panel, and looks at once when it is overdue', () => {
    poller.saw('red');
    poller.visible(false);
    jest.advanceTimersByTime(25_000);
    expect(looks).toEqual([]);
    poller.visible(true);
    jest.advanceTimersByTime(0);
    expect(looks).toEqual([25]);
  });
});
