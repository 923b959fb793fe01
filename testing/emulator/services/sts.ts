// STS as a client of the VPC meets it. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
import { randomUUID } from 'node:crypto';
import { AdminError, type Output } from '../admin/plane';
import { FormError, parseForm, readForm, type Form } from '../admin/query-form';
import { xml } from '../admin/xml';
import type { Answer } from '../http/answer';
import type { Call } from '../http/call';
import { refusal, type Through } from '../policies/authorize';
import { many, type PolicyDocument } from '../policies/document';
import { judge, type Question } from '../policies/match';
import { verify } from '../sigv4/verify';
import { accountOf, actingAs, keyOf, roleOf, sessionArn } from '../world/acting-as';
import { serviceTime, type State } from '../world/state';
import type { Role } from '../world/world';
import { webIdentityOf } from './web-identity';

const shortest = 900;
const longest = 43_200;
const usual = 3600;

interface Wanted {
  roleArn: string;
  name: string;
  seconds: number;
}

function readWanted(input: Form): Wanted {
  const roleArn = input.text('RoleArn');
  const name = input.text('RoleSessionName');
  const seconds = Number(input.maybe('DurationSeconds') ?? usual);
  const refuse = (what: string): never => {
    throw new AdminError(
      'ValidationError',
      `1 validation error detected: Value at '${what}' failed to satisfy constraint`
    );
  };
  if (!/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(roleArn)) refuse('roleArn');
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) refuse('roleSessionName');
  if (!(seconds >= shortest && seconds <= longest)) refuse('durationSeconds');
  return { roleArn, name, seconds };
}

const denied = (message: string): AdminError => new AdminError('AccessDenied', message, 403);

/** A trust policy has no resource: it is the role's own. */
const trustOf = ({ trust }: Role): PolicyDocument => ({
  Statement: many(trust.Statement).map(each => ({ ...each, Resource: '*' }))
});

function opened(state: State, { roleArn, name, seconds }: Wanted): Output {
  const keys = state.sessions.open(roleArn, name, state.clock(), seconds * 1000);
  return {
    Credentials: {
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
      Expiration: new Date(keys.expiresAt).toISOString().replace(/\.\d+/, '')
    },
    AssumedRoleUser: { AssumedRoleId: `AROAEXAMPLE:${name}`, Arn: sessionArn(roleArn, name) }
  };
}

/** The role's trust policy has to let the caller in, whatever the caller's own policies say. */
function assumeRole(state: State, through: Through | null, input: Form): Output {
  const wanted = readWanted(input);
  input.maybe('ExternalId');
  input.done();
  const { roleArn } = wanted;
  const { caller } = state.world;
  const role = roleOf(state.world, roleArn);
  const asked = { action: 'sts:AssumeRole', resource: roleArn, owner: accountOf(roleArn) };
  const policy = role && trustOf(role);
  const message = refusal(state.world, through, through === null ? 'internet' : 'private_dns', {
    ...asked,
    policy
  });
  if (message !== undefined) throw denied(message);
  const question: Question = {
    ...{ action: asked.action, resource: roleArn },
    ...{ principal: caller.arn, roleArn: caller.roleArn, account: caller.account },
    context: new Map()
  };
  if (policy === undefined || judge(policy, question) !== 'allow')
    throw denied(`User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`);
  return opened(state, wanted);
}

/** Nobody signs it: the endpoint's policy sees a stranger, the role's trust policy the token's subject. */
function assumeRoleWithWebIdentity(state: State, through: Through | null, input: Form): Output {
  const wanted = readWanted(input);
  const { provider, context } = webIdentityOf(state.world, input.text('WebIdentityToken'), state.clock());
  input.done();
  const action = 'sts:AssumeRoleWithWebIdentity';
  const role = roleOf(state.world, wanted.roleArn);
  const question: Question = {
    ...{ action, resource: wanted.roleArn, principal: '', roleArn: '', account: '', federated: provider },
    context: new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]))
  };
  const lets = (document: PolicyDocument): boolean => judge(document, question) === 'allow';
  if ((through !== null && !lets(through.policy)) || role === undefined || !lets(trustOf(role)))
    throw denied(`Not authorized to perform ${action}`);
  return {
    ...opened(state, wanted),
    SubjectFromWebIdentityToken: Object.values(context)[1],
    Provider: provider
  };
}

const answer = (status: number, body: Record<string, unknown>): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: xml(body, 'member')
});

const errorAnswer = (code: string, message: string, status: number): Answer =>
  answer(status, {
    ErrorResponse: { Error: { Type: 'Sender', Code: code, Message: message }, RequestId: randomUUID() }
  });

/** `through` is the endpoint that the call came by; null when it came another way. */
export function serveSts(
  state: State,
  through: Through | null,
  call: Call
): { answer: Answer; operation: string } {
  const fields = parseForm(call.body);
  const action = fields.get('Action') ?? '';
  const form = readForm(fields, new Set(['Action', 'Version']));
  const done = (answer: Answer): { answer: Answer; operation: string } => ({ answer, operation: action });
  try {
    if (action === 'AssumeRoleWithWebIdentity') {
      const output = assumeRoleWithWebIdentity(state, through, form);
      return done(answer(200, { [`${action}Response`]: { [`${action}Result`]: output } }));
    }
    const judged = verify(call, {
      region: state.world.region,
      service: 'sts',
      now: serviceTime(state),
      keys: id => keyOf(state, id)
    });
    if ('code' in judged) return done(errorAnswer(judged.code, judged.message, 403));
    if (action !== 'AssumeRole')
      return done(errorAnswer('InvalidAction', `Could not find operation ${action}`, 400));
    const output = assumeRole(actingAs(state, judged.accessKeyId), through, form);
    return done(answer(200, { [`${action}Response`]: { [`${action}Result`]: output } }));
  } catch (error) {
    if (error instanceof AdminError) return done(errorAnswer(error.code, error.message, error.status));
    if (error instanceof FormError) return done(errorAnswer('ValidationError', error.message, 400));
    throw error;
  }
}
