/** One request as a test may read it: no query, no header, no body, so no secret. */
export interface LogEntry {
  at: string;
  port: 'api' | 'index' | 'instance' | 'container' | 'sts' | 's3';
  method: string;
  path: string;
  status: number;
  /** API operation (`GetAuthorizationToken`) or what the index did (`simple`, `file`, `upload`). */
  operation: string;
}

/** A long soak must not grow without end. */
const kept = 10_000;

export interface RequestLog {
  entries: LogEntry[];
  add(entry: LogEntry): void;
  clear(): void;
}

export function createRequestLog(): RequestLog {
  const entries: LogEntry[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (entries.length > kept) entries.shift();
    },
    clear: () => void (entries.length = 0)
  };
}
