import type { Packages } from '../../protocol/listing';
import { printPackages } from './print';
import { printable } from './printable';

it('prints a name with terminal escapes as plain text', () => {
  const answer: Packages = {
    schema: 1,
    verdict: 'ok',
    summary: '1 package in shared.',
    packages: [
      { name: 'evil\x1b]0;owned\x07', versions: [{ version: '1.0\x9b2J\r', status: 'Published' }] }
    ] as Packages['packages']
  };
  const text = printPackages(printable(answer));
  // eslint-disable-next-line no-control-regex -- none may be left
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  expect(text).toContain('evil\ufffd]0;owned\ufffd');
});

it('keeps line feeds, tabs, numbers and what is not there', () => {
  const value = { text: 'a\n\tb é 漢', ms: 3, none: null, flag: true, list: ['\u202eabc'] };
  expect(printable(value)).toEqual({ ...value, list: ['\ufffdabc'] });
});
