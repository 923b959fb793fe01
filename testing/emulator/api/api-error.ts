import { jsonAnswer, type Answer } from '../http/answer';

/** An error that the service answers with; `extra` are the shape's own members. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly extra: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {}
  ) {
    super(message);
  }
}

export const accessDenied = (message: string): ApiError =>
  new ApiError('AccessDeniedException', 403, message);

export const validation = (message: string): ApiError =>
  new ApiError('ValidationException', 400, message, { reason: 'FIELD_VALIDATION_FAILED' });

/** AWS's own words for it are not published; the reason is. */
export const keyUnusable = (key: string, state: string): ApiError =>
  new ApiError(
    'ValidationException',
    400,
    `The encryption key ${key} of the domain cannot be used: its state is ${state}.`,
    {
      reason: 'ENCRYPTION_KEY_ERROR'
    }
  );

export const throttled = (retryAfterSeconds: number): ApiError =>
  new ApiError('ThrottlingException', 429, 'Rate exceeded', {}, { 'retry-after': String(retryAfterSeconds) });

export const domainNotFound = (domain: string, owner: string): ApiError =>
  new ApiError(
    'ResourceNotFoundException',
    404,
    `Domain not found. Domain '${domain}' owned by account '${owner}' does not exist.`,
    { resourceId: domain, resourceType: 'domain' }
  );

export const repositoryNotFound = (domain: string, repository: string): ApiError =>
  new ApiError(
    'ResourceNotFoundException',
    404,
    `Repository not found. Repository '${repository}' in domain '${domain}' does not exist.`,
    { resourceId: repository, resourceType: 'repository' }
  );

export const packageNotFound = (name: string): ApiError =>
  new ApiError('ResourceNotFoundException', 404, `Package not found. Package '${name}' does not exist.`, {
    resourceId: name,
    resourceType: 'package'
  });

export function errorAnswer(error: ApiError): Answer {
  return jsonAnswer(
    error.status,
    { message: error.message, ...error.extra },
    { 'x-amzn-errortype': error.code, ...error.headers }
  );
}
