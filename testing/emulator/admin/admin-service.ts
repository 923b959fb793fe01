import { randomUUID } from 'node:crypto';
import { ApiError, errorAnswer } from '../api/api-error';
import { operations, readInput } from '../api/api-service';
import type { Request } from '../api/operation';
import { jsonAnswer, type Answer } from '../http/answer';
import { header, type Call } from '../http/call';
import { parseAuthorization } from '../sigv4/authorization';
import { verify } from '../sigv4/verify';
import { inRegionOf } from '../world/other-region';
import { codeartifactOperations, ofAccount } from './codeartifact';
import { ec2Operations } from './ec2';
import { iamOperations } from './iam';
import { jsonOperations } from './json-services';
import { cloudformationOperations } from '../cloudformation/operations';
import type { Accounts } from './accounts';
import { AdminError, type AdminOperation, type Plane } from './plane';
import { type Form, FormError, parseForm, readForm } from './query-form';
import { stsOperations } from './sts';
import { xml } from './xml';

const queryOperations: Record<string, Record<string, AdminOperation<Form>>> = {
  ec2: ec2Operations,
  iam: iamOperations,
  sts: stsOperations,
  cloudformation: cloudformationOperations
};

/** IAM is global; its calls are signed for us-east-1. */
const globalRegion = 'us-east-1';

function xmlError(service: string, code: string, message: string, status: number): Answer {
  const error = { Code: code, Message: message };
  const body =
    service === 'ec2'
      ? xml({ Response: { Errors: { Error: error }, RequestID: randomUUID() } }, 'item')
      : xml({ ErrorResponse: { Error: { Type: 'Sender', ...error }, RequestId: randomUUID() } }, 'member');
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

async function serveQuery(plane: Plane, service: string, call: Call): Promise<Answer> {
  const fields = parseForm(call.body);
  const action = fields.get('Action') ?? '';
  const form = readForm(fields, new Set(['Action', 'Version']));
  const known = queryOperations[service];
  if (!Object.hasOwn(known, action))
    return xmlError(service, 'InvalidAction', `The action ${action} is not valid for this emulator.`, 400);
  try {
    const output = await known[action](plane, form);
    const answer =
      service === 'ec2'
        ? { [`${action}Response`]: { requestId: randomUUID(), ...output } }
        : {
            [`${action}Response`]: {
              [`${action}Result`]: output,
              ResponseMetadata: { RequestId: randomUUID() }
            }
          };
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: xml(answer, service === 'ec2' ? 'item' : 'member')
    };
  } catch (error) {
    if (error instanceof AdminError) return xmlError(service, error.code, error.message, error.status);
    if (error instanceof FormError) return xmlError(service, 'MissingParameter', error.message, 400);
    throw error;
  }
}

async function serveJson(plane: Plane, call: Call): Promise<Answer> {
  const target = header(call, 'x-amz-target') ?? '';
  try {
    if (!Object.hasOwn(jsonOperations, target))
      throw new AdminError('UnknownOperationException', `The emulator does not know ${target}.`);
    return jsonAnswer(200, await jsonOperations[target](plane, readInput(call)), {
      'content-type': 'application/x-amz-json-1.1'
    });
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    return jsonAnswer(error.status, { __type: error.code, message: error.message });
  }
}

async function serveCodeartifact(plane: Plane, call: Call): Promise<Answer> {
  const key = `${call.method} ${call.path}`;
  try {
    const state = inRegionOf(plane.state, call);
    const request: Request = {
      state,
      route: 'internet',
      administrator: true,
      query: ofAccount(plane, call.query),
      input: readInput(call)
    };
    const change = codeartifactOperations[key];
    if (change !== undefined) return jsonAnswer(200, await change(plane, request));
    const read = operations[key]?.[1];
    if (read === undefined)
      throw new ApiError('UnknownOperationException', 404, `The operation is not known: ${key}`);
    return jsonAnswer(200, read(request));
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error);
    throw error;
  }
}

/** AWS as an administrator meets it, outside the VPC: every policy allows, every change changes the world. */
export async function serveAdmin(
  all: Omit<Plane, 'account'>,
  accounts: Accounts,
  call: Call
): Promise<Answer> {
  const { world, clock } = all.state;
  const authorization = parseAuthorization(header(call, 'authorization') ?? '');
  const scope = 'missing' in authorization ? { service: '', region: '' } : authorization.scope;
  const who = 'missing' in authorization ? undefined : accounts.byId(authorization.accessKeyId);
  const plane: Plane = { ...all, account: who?.account ?? '' };
  const { service } = scope;
  const own = service === 'codeartifact' ? inRegionOf(plane.state, call).world.region : world.region;
  const region = service === 'iam' ? globalRegion : own;
  const judged = verify(call, {
    region,
    service,
    now: clock(),
    keys: () =>
      who && {
        secretAccessKey: who.keys.secretAccessKey,
        sessionToken: who.keys.sessionToken,
        state: 'valid' as const
      }
  });
  const wrong = 'code' in judged ? judged : undefined;
  if (Object.hasOwn(queryOperations, service)) {
    return wrong ? xmlError(service, wrong.code, wrong.message, 403) : serveQuery(plane, service, call);
  }
  if (wrong) return errorAnswer(new ApiError(wrong.code, 403, wrong.message));
  return service === 'codeartifact' ? serveCodeartifact(plane, call) : serveJson(plane, call);
}
