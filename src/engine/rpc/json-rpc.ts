/** JSON-RPC 2.0's own codes (https://www.jsonrpc.org/specification#error_object). */
export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;

/** A request as it came in. */
export interface Request {
  readonly id: number | string;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export type Frame =
  | { readonly ok: true; readonly request: Request }
  | {
      readonly ok: false;
      readonly id: number | string | null;
      readonly code: number;
      readonly message: string;
    };

/** Reads one line as a request. */
export function readFrame(line: string): Frame {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, id: null, code: PARSE_ERROR, message: 'This line is not JSON.' };
  }
  if (typeof value !== 'object' || value === null) {
    return { ok: false, id: null, code: INVALID_REQUEST, message: 'A request is an object.' };
  }
  const { id, method, params } = value as Record<string, unknown>;
  if (typeof id !== 'number' && typeof id !== 'string') {
    return { ok: false, id: null, code: INVALID_REQUEST, message: 'A request has an id.' };
  }
  if (
    typeof method !== 'string' ||
    (params !== undefined && (typeof params !== 'object' || params === null))
  ) {
    return {
      ok: false,
      id,
      code: INVALID_REQUEST,
      message: 'A request has a method and an object of params.'
    };
  }
  return { ok: true, request: { id, method, params: (params ?? {}) as Record<string, unknown> } };
}

export const answer = (id: number | string, result: unknown): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`;

export const refusal = (id: number | string | null, code: number, message: string): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`;

export const notification = (method: string, params: unknown): string =>
  `${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`;
