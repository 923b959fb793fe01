import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import * as React from 'react';
import { aDocument } from '../../../testing/fixtures/lab/documents';
import { fakeService, type FakeService } from '../../../testing/fixtures/lab/fake-service';
import type { Scene } from '../../../testing/fixtures/lab/scene';
import { SCENES } from '../../../testing/fixtures/lab/scenes';
import { addCommands } from '../commands/commands';
import { viewStateOf } from '../connection/view-state';
import { PanelContent } from './panel-content';

Object.assign(navigator, { clipboard: { writeText: () => Promise.resolve() } });

// Dozens of panels are drawn in one test.
jest.setTimeout(60_000);

const turn = () => act(() => new Promise(resolve => setTimeout(resolve)));

let service: FakeService;
let content: PanelContent;

/** The panel itself, with its own commands, in the state of a scene. */
async function open(scene: Scene): Promise<HTMLElement> {
  service = fakeService();
  const commands = new CommandRegistry();
  const app = {
    commands,
    shell: {},
    serviceManager: { kernels: {}, kernelspecs: { specs: null } }
  } as unknown as JupyterFrontEnd;
  const trans = nullTranslator.load('');
  addCommands(app, service, trans);
  content = new PanelContent({ app, service, state: null, trans, isShown: () => true });
  service.panel = content;
  service.set(scene.store);
  if (scene.test) {
    Object.assign(content.test, { _state: scene.test });
  }
  if (scene.preview) {
    Object.assign(content.previewer, { _state: scene.preview });
  }
  if (scene.choosing) {
    content.choice.open();
  }
  Object.entries(scene.sections ?? {}).forEach(([id, isOpen]) => content.sections.set(id, isOpen));
  const { container } = render(
    <section className="jp-CodeArtifact">
      {content.header}
      {content.body}
    </section>
  );
  await turn();
  await turn();
  return container;
}

function close(): void {
  cleanup();
  document.querySelectorAll('.lm-Menu').forEach(menu => menu.remove());
  Notification.manager.dismiss();
  content.dispose();
  service.dispose();
}

const nameOf = (button: Element): string => button.getAttribute('aria-label') ?? button.textContent ?? '';

/** Whoever works by keyboard goes on where they were, not at the top of the page. */
function lost(): string {
  const { activeElement } = document;
  const isThere = activeElement !== null && activeElement !== document.body && activeElement.isConnected;
  return isThere && !activeElement.matches(':disabled') ? '' : (activeElement?.outerHTML.slice(0, 60) ?? '');
}

/** Each kind of state has the same few buttons: every one of them is pressed once in each. */
const pressed = new Set<string>();

it.each(SCENES.map((scene): [string, Scene] => [`${scene.id} ${scene.title}`, scene]))(
  'no button loses the focus: %s',
  async (_, scene) => {
    const { kind } = viewStateOf(scene.store);
    const names = [...(await open(scene)).querySelectorAll('button')].map(nameOf);
    close();
    const found: string[] = [];
    for (const name of new Set(names)) {
      if (pressed.has(`${kind} ${name}`)) {
        continue;
      }
      pressed.add(`${kind} ${name}`);
      const container = await open(scene);
      const button = [...container.querySelectorAll('button')].find(each => nameOf(each) === name);
      button?.focus();
      await act(async () => void (button && fireEvent.click(button)));
      await turn();
      found.push(...[lost()].filter(Boolean).map(where => `${name}: ${where}`));
      // What was asked for is answered: everything is well.
      for (const question of service.api.asked.filter(each =>
        /^(connect|refresh|disconnect|diagnose|cancel)$/.test(each)
      )) {
        await act(() =>
          service.api.answer(
            question,
            aDocument(question === 'disconnect' ? { connection: null, rungs: [], files: [] } : {})
          )
        );
        await turn();
        found.push(...[lost()].filter(Boolean).map(where => `${name}, then ${question} is done: ${where}`));
      }
      close();
    }
    expect(found).toEqual([]);
  }
);
