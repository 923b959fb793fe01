import { render } from '@testing-library/react';
import * as React from 'react';
import { breakableWords } from './code';

/** Where a sentence may break inside its words. */
const broken = (text: string): string => {
  const { container } = render(<p>{breakableWords(text)}</p>);
  container.querySelectorAll('wbr').forEach(wbr => wbr.replaceWith('|'));
  return container.textContent ?? '';
};

it.each([
  [
    'after the joints of a long word',
    '/home/ec2-user/.config/pip/pip.conf',
    '/|home/|ec2-user/|.config/|pip/|pip.conf'
  ],
  ['nowhere in a short one', 'pip.conf, line 4', 'pip.conf, line 4'],
  [
    'not before the end of a file’s name',
    '/etc/jupyter/labconfig/overrides.json.',
    '/|etc/|jupyter/|labconfig/|overrides.json.'
  ],
  [
    'before the last letters of what fills a line, which take the full stop along',
    'See /etc/isolated-sagemaker-python-packages.',
    'See /|etc/|isolated-sagemaker-python-packag|es.'
  ]
])('a sentence breaks %s', (_, text, expected) => {
  expect(broken(text)).toBe(expected);
});
