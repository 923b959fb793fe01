/** What stands around every text of the pseudo-language: a text without it was not translated. */
export const OPEN = '\u27e6';
export const CLOSE = '\u27e7';

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  y: 'ý',
  c: 'ç',
  n: 'ñ'
};

/** German, Finnish or Tamil interfaces are about 40 % longer than English ones. */
const LONGER = 0.4;

/** Vowels get accents, the text grows, and brackets tell where it begins and ends. Code, and `%1`, stay as they are. */
export function pseudo(text: string): string {
  const parts = text.split(/(`[^`]*`|%\d+)/);
  const accented = parts
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[a-z]/g, letter => ACCENTS[letter] ?? letter)
    )
    .join('');
  return `${OPEN}${accented}${' óne twó'.repeat(Math.ceil((text.length * LONGER) / 8)).slice(0, Math.ceil(text.length * LONGER))}${CLOSE}`;
}

/** Texts of values alone are not for translators. */
export const isForTranslators = (text: string): boolean => /\p{L}/u.test(text.replace(/%\d+/g, ''));
