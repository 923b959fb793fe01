import * as fc from 'fast-check';
import { countLines, splitLines } from './lines';

it('counts the lines that it would split into', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '\u2028', '\f'), maxLength: 40 });
  fc.assert(fc.property(text, given => expect(countLines(given)).toBe(splitLines(given).length)));
});
