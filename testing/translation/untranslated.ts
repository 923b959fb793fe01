/**
 * Texts and labels under a node that are not translated, or hold something that is not: three words in a row that have
 * kept their vowels. Names have fewer. Complete in itself, so that a browser can run it, too.
 *
 * @param allowed what other programs said in their own words
 * @param data selects what is not text of ours
 */
export function untranslated([root, allowed, data]: [Element, readonly string[], string]): string[] {
  const english = /(?:^|[\s(:])(?=[A-Za-z]*[aeiou])[A-Za-z]{3,}[ ,;:]+[a-z]{2,} [a-z]{2,}/;
  const squeezed = (text: string): string => text.replace(/[`\s\u200b]+/g, '');
  const known = squeezed(allowed.join(' '));
  return [...root.querySelectorAll('*')]
    .filter(element => element.closest(data) === null)
    .flatMap(element => [
      ...[...element.childNodes]
        .filter(node => node.nodeType === Node.TEXT_NODE)
        .map(node => node.textContent ?? ''),
      ...['aria-label', 'placeholder', 'title'].map(name => element.getAttribute(name) ?? '')
    ])
    .filter(text => {
      const found = english.exec(text);
      return found !== null && !known.includes(squeezed(found[0]));
    });
}
