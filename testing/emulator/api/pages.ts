import { validation } from './api-error';

/** One page of a list and the token of the next, as every List call gives them. */
export function page<T>(
  items: T[],
  maxResults: string | number | null | undefined,
  nextToken: string | null | undefined,
  limit = 1000
): { items: T[]; nextToken?: string } {
  const size = maxResults === null || maxResults === undefined ? limit : Number(maxResults);
  if (!Number.isInteger(size) || size < 1 || size > limit) {
    throw validation(
      `1 validation error detected: Value '${maxResults}' at 'maxResults' failed to satisfy constraint: ` +
        `Member must have value between 1 and ${limit}`
    );
  }
  let start = 0;
  if (nextToken) {
    const text = Buffer.from(nextToken, 'base64url').toString();
    if (!/^from:\d+$/.test(text)) throw validation('The pagination token is not valid.');
    start = Number(text.slice('from:'.length));
  }
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { nextToken: Buffer.from(`from:${end}`).toString('base64url') } : {})
  };
}
