/** `*` is any run of characters and `?` any one, in actions, resources and the Like operators. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Action names are compared without regard to case; resources and values are not. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

/** ArnLike compares each of the six colon-separated parts on its own: a `*` never crosses a colon. */
export function matchesArn(pattern: string, arn: string): boolean {
  const split = (text: string): string[] => {
    const parts = text.split(':');
    return [...parts.slice(0, 5), parts.slice(5).join(':')];
  };
  const [wanted, given] = [split(pattern), split(arn)];
  return wanted.every((part, i) => matchesWildcard(part, given[i]));
}
