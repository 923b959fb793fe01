import { clockTime, fullDate, locale } from './time';

const AT = new Date(2026, 10, 27, 15, 5).getTime();

/** A page in a language, in a browser whose user reads some. */
function reader(page: string, browser: readonly string[]): void {
  document.documentElement.lang = page;
  jest.spyOn(navigator, 'languages', 'get').mockReturnValue(browser);
}

afterEach(() => {
  jest.restoreAllMocks();
  document.documentElement.lang = '';
});

it.each([
  ['the page’s language', 'de', ['en-US', 'en'], 'de', '15:05', 'Freitag'],
  [
    'the browser’s country where the language is the same',
    'en',
    ['de-DE', 'en-GB'],
    'en-GB',
    '15:05',
    'Friday'
  ],
  ['the page’s language with its country', 'pt-BR', ['en'], 'pt-BR', '15:05', 'sexta-feira'],
  ['three letters', 'fil', ['fi-FI'], 'fil', '3:05', 'Biyernes'],
  ['a page that tells no language', '', ['fr-CA', 'en'], 'fr-CA', '15', 'vendredi']
])('writes times by %s', (_, page, browser, expected, clock, day) => {
  reader(page, browser);
  expect(locale()).toBe(expected);
  expect(clockTime(AT, AT)).toContain(clock);
  expect(fullDate(AT)).toContain(day);
});

it('writes times also where neither the page nor the browser tells a language', () => {
  reader('', []);
  expect(clockTime(AT, AT)).toMatch(/05/);
  expect(fullDate(AT)).toContain('2026');
});
