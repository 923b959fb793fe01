import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { aConnection, aDocument, NOW } from '../../../testing/fixtures/lab/documents';
import { draw } from '../../../testing/fixtures/lab/render-panel';
import { SCENES } from '../../../testing/fixtures/lab/scenes';
import { privateTimeout } from '../../../testing/fixtures/lab/failures';
import { aStore } from '../../../testing/fixtures/lab/stores';
import type { IStore } from '../connection/store';

const scene = (id: string): IStore => {
  const found = SCENES.find(item => item.id === id);
  if (!found) {
    throw new Error(`no scene ${id}`);
  }
  return found.store;
};

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const headline = (): string => screen.getAllByRole('heading', { level: 3 })[0].textContent ?? '';
const spoken = (): string => screen.getByRole('status').textContent ?? '';
const rows = (): HTMLElement[] =>
  within(screen.getByRole('list', { name: 'Path from the notebook to the index' })).getAllByRole('button');

afterEach(cleanup);

describe('every state', () => {
  it.each(SCENES.map(({ id, title }): [string, string] => [id, title]))(
    '%s %s has a headline, one next step at most, and no empty name',
    id => {
      const { container } = draw(scene(id));
      expect(headline()).not.toBe('');
      expect(container.querySelectorAll('.jp-CodeArtifact-status .jp-mod-accept').length).toBeLessThanOrEqual(
        1
      );
      for (const item of screen.getAllByRole('button')) {
        expect((item.getAttribute('aria-label') ?? item.textContent ?? '').trim()).not.toBe('');
      }
      expect(container.textContent).not.toMatch(/undefined|NaN|\[object/);
      // The live region is always there: screen readers hear what changes in it, not what appears with it.
      expect(screen.getAllByRole('status')).toHaveLength(1);
    }
  );
});

describe('connected', () => {
  it('shows how long the token lives, until when, and when it is renewed', () => {
    draw(aStore());
    expect(headline()).toBe('Connected');
    const meter = screen.getByRole('meter', { name: 'Token time left' });
    expect(meter.getAttribute('aria-valuetext')).toBe('8 h 12 min left');
    expect(meter.getAttribute('aria-valuenow')).toBe('68');
    expect(screen.getByText(/^until /).getAttribute('title')).toMatch(/2026/);
    expect(screen.getByText(/^Renews automatically at about/)).toBeTruthy();
  });

  it('has no blue button, and offers to renew and to disconnect', () => {
    const { container, executed } = draw(aStore());
    expect(container.querySelector('.jp-mod-accept')).toBeNull();
    fireEvent.click(button('Renew now'));
    fireEvent.click(button('Disconnect'));
    expect(executed()).toEqual(['refresh', 'disconnect']);
  });

  it('shows the index URL whole in its title, and copies it', () => {
    const { calls } = draw(aStore());
    fireEvent.click(button('Copy index URL'));
    const url = aConnection().indexUrl;
    expect(calls.copy).toHaveBeenCalledWith(url);
    expect(screen.getByTitle(url ?? '')).toBeTruthy();
    expect(button('Copied')).toBeTruthy();
  });

  it('keeps Path closed and Repository open, until the user chooses otherwise', () => {
    draw(aStore());
    expect(button('Path').getAttribute('aria-expanded')).toBe('false');
    expect(button('Repository').getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(button('Repository'));
    expect(button('Repository').getAttribute('aria-expanded')).toBe('false');
  });
});

describe('connecting', () => {
  it('says at 0, 0.3 and 1.3 s how it goes', () => {
    const { redraw } = draw(scene('3a'));
    expect(screen.getByText('Usually done within a second.')).toBeTruthy();
    redraw(scene('3b'));
    expect(screen.getByText('Slower than usual.')).toBeTruthy();
    expect(screen.getByText('slow')).toBeTruthy();
    redraw(scene('3c'));
    expect(screen.getByText('No answer yet. Verdict within 4 s.')).toBeTruthy();
    expect(screen.getByText('no answer to 2 attempts')).toBeTruthy();
    expect(spoken()).toBe('No answer yet from: API endpoint.');
  });

  it('counts on while the server is silent', () => {
    const store = scene('3a');
    const { redraw, container } = draw(store);
    redraw(store, NOW + 2000);
    expect(container.querySelector('.jp-CodeArtifact-headline .jp-CodeArtifact-num')?.textContent).toBe(
      '2.1\u00a0s'
    );
    expect(screen.getByText('no answer to 2 attempts')).toBeTruthy();
  });

  it('is cancelled by its button and by Escape', () => {
    const { executed } = draw(scene('3b'));
    fireEvent.click(button('Cancel'));
    fireEvent.keyDown(button('Cancel'), { key: 'Escape' });
    expect(executed()).toEqual(['cancel', 'cancel']);
  });

  it('takes the second click of a double click on Connect for nothing', () => {
    const { executed } = draw(scene('3b'));
    fireEvent.click(button('Cancel'), { detail: 2 });
    expect(executed()).toEqual([]);
  });

  it('gives the focus to the successor of a button that goes away', () => {
    const { redraw } = draw(scene('2'));
    button('Connect').focus();
    redraw(scene('3b'));
    expect(document.activeElement).toBe(button('Cancel'));
    redraw(aStore());
    expect(document.activeElement).toBe(button('Renew now'));
  });
});

describe('broken', () => {
  it('makes one thing loud: the root cause, with its evidence', () => {
    draw(scene('6'));
    const emphasised = rows().filter(row => row.textContent?.includes('root cause'));
    expect(emphasised).toHaveLength(1);
    expect(emphasised[0].getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText('is a public address')).toBeTruthy();
    expect(screen.getByText('No answer on port 443 in 3.3 s')).toBeTruthy();
  });

  it('says "not reached" once for the eye, and of each skipped rung to screen readers', () => {
    const { container } = draw(scene('6'));
    const [seen, ...unseen] = screen.getAllByText('not reached');
    expect(seen.className).toBe('jp-CodeArtifact-rung-verdict jp-mod-short');
    expect(unseen.map(each => each.className)).toEqual(unseen.map(() => 'jp-CodeArtifact-unseen'));
    // IAM, Token and Index; the repository endpoint has a Timeout of its own.
    expect(unseen).toHaveLength(2);
    expect(container.querySelectorAll('.jp-CodeArtifact-rung-verdict')).toHaveLength(5);
  });

  it('offers the request first, and counts down to the next check', () => {
    const { executed, container } = draw(scene('6'));
    fireEvent.click(button('Copy request'));
    expect(executed()).toEqual(['copy-request']);
    expect(container.querySelector('.jp-CodeArtifact-again')?.textContent).toBe('Checks again in 24 s');
  });

  it('shows the fix with its first text open, and copies exactly that', () => {
    const { calls } = draw(scene('6'));
    expect(screen.getByText('network administrator')).toBeTruthy();
    const [first, second] =
      scene('6').document?.rungs.find(rung => rung.id === 'tcp.api')?.fix?.snippets ?? [];
    fireEvent.click(button(`Copy: ${second.title}`));
    expect(calls.copy).toHaveBeenCalledWith(second.text);
    expect(button(first.title).getAttribute('aria-expanded')).toBe('true');
    expect(button('CloudFormation').getAttribute('aria-expanded')).toBe('false');
  });

  it('says the change once, and nothing while it counts', () => {
    const { redraw } = draw(scene('3b'));
    redraw(scene('6'));
    expect(spoken()).toBe(
      'Timeout at the API endpoint, step 3 of 7. Your network administrator can fix this.'
    );
    redraw(scene('6'), NOW + 5000);
    expect(spoken()).toBe(
      'Timeout at the API endpoint, step 3 of 7. Your network administrator can fix this.'
    );
  });

  it('is walked with the keys; Tab stops at the root cause only', () => {
    draw(scene('7'));
    const path = rows();
    expect(path.map(row => row.tabIndex)).toEqual([-1, -1, 0, -1, -1, -1, -1]);
    act(() => path[2].focus());
    fireEvent.keyDown(path[2], { key: 'ArrowUp' });
    expect(document.activeElement).toBe(path[1]);
    fireEvent.keyDown(path[1], { key: 'End' });
    expect(document.activeElement).toBe(path[6]);
    fireEvent.keyDown(path[6], { key: 'ArrowDown' });
    expect(document.activeElement).toBe(path[6]);
    fireEvent.keyDown(path[6], { key: 'Home' });
    expect(document.activeElement).toBe(path[0]);
  });

  it('keeps the time left in sight while the token still serves', () => {
    draw(aStore({ document: { ...privateTimeout, connection: aConnection() } }));
    expect(screen.getByRole('meter')).toBeTruthy();
    expect(headline()).toBe('Timeout at the API endpoint');
  });

  it('tells of each address of an endpoint on its own', () => {
    draw(scene('10'));
    expect(screen.getByText('10.0.3.10').parentElement?.textContent).toBe('10.0.3.103.3\u00a0sTimeout');
    expect(screen.getByText('10.0.1.10').parentElement?.textContent).toMatch(/^10\.0\.1\.10\d+\u00a0msOK$/);
    expect(headline()).toBe('Connected, one address down');
  });
});

describe('notes of the server', () => {
  it('stand beside the verdict', () => {
    draw(aStore({ document: aDocument({ notes: ['Your own value of domain, sandbox, is not used.'] }) }));
    expect(screen.getByText('Your own value of domain, sandbox, is not used.')).toBeTruthy();
  });
});

describe('pinned fields', () => {
  it('are read-only, say so to screen readers, and give the file', () => {
    draw(scene('15'));
    const domain = screen.getByLabelText<HTMLInputElement>(/^Domain.*locked$/);
    expect(domain.readOnly).toBe(true);
    const reason = document.getElementById(domain.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe(
      'Your administrator set the fields with a lock, in /etc/jupyter/…/overrides.json.'
    );
    expect(screen.getByLabelText<HTMLInputElement>('Region').readOnly).toBe(false);
  });

  it('leave the free ones to the user: saved when the field is left', () => {
    const { calls } = draw(scene('15'));
    const region = screen.getByLabelText('Region');
    fireEvent.change(region, { target: { value: ' eu-west-1 ' } });
    expect(calls.save).not.toHaveBeenCalled();
    fireEvent.blur(region);
    expect(calls.save.mock.calls).toEqual([['region', 'eu-west-1']]);
  });
});

describe('header', () => {
  it('checks, opens the settings, and a menu', () => {
    const { executed, calls } = draw(aStore());
    const toolbar = within(screen.getByRole('toolbar', { name: 'CodeArtifact' }));
    fireEvent.click(toolbar.getByRole('button', { name: 'Check now' }));
    fireEvent.click(toolbar.getByRole('button', { name: 'Settings' }));
    fireEvent.click(toolbar.getByRole('button', { name: 'More actions' }));
    expect(executed()).toEqual(['diagnose', 'open-settings']);
    expect(calls.openMenu).toHaveBeenCalledTimes(1);
  });
});
