// GetObject and HeadObject. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
import { createHash } from 'node:crypto';
import { xml } from '../admin/xml';
import type { Answer } from '../http/answer';
import { header, type Call } from '../http/call';
import { refusal, type Through } from '../policies/authorize';
import { verify } from '../sigv4/verify';
import { actingAs, keyOf } from '../world/acting-as';
import { serviceTime, type State } from '../world/state';

const failed = (status: number, Code: string, Message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: xml({ Error: { Code, Message } }, 'member')
});

/** `https://BUCKET.s3…/KEY`, or `https://s3…/BUCKET/KEY` where the bucket's name has a dot. */
function target(call: Call): { bucket: string; key: string } {
  const host = (header(call, 'host') ?? '').split(':')[0];
  const path = decodeURIComponent(call.path.slice(1));
  const inHost = /^(.+)\.s3[.-]/.exec(host)?.[1];
  if (inHost !== undefined) return { bucket: inHost, key: path };
  const mark = path.indexOf('/');
  return mark < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, mark), key: path.slice(mark + 1) };
}

function serve(state: State, through: Through | null, call: Call): Answer {
  const judged = verify(call, {
    region: state.world.region,
    service: 's3',
    now: serviceTime(state),
    keys: id => keyOf(state, id)
  });
  if ('code' in judged) return failed(403, judged.code, judged.message);
  const { world } = actingAs(state, judged.accessKeyId);
  const { bucket, key } = target(call);
  if (!Object.hasOwn(world.buckets, bucket))
    return failed(404, 'NoSuchBucket', 'The specified bucket does not exist');
  const { owner, objects } = world.buckets[bucket];
  const asked = (action: string, resource: string): string | undefined =>
    refusal(world, through, through === null ? 'internet' : 'vpce', { action, resource, owner });
  const arn = `arn:aws:s3:::${bucket}`;
  const denied = asked('s3:GetObject', `${arn}/${key}`);
  if (denied !== undefined) return failed(403, 'AccessDenied', denied);
  if (!Object.hasOwn(objects, key)) {
    // Who may not list the bucket does not learn what is not in it.
    const hidden = asked('s3:ListBucket', arn);
    return hidden === undefined
      ? failed(404, 'NoSuchKey', 'The specified key does not exist.')
      : failed(403, 'AccessDenied', hidden);
  }
  const body = Buffer.from(objects[key]);
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const headers = {
    'content-type': 'binary/octet-stream',
    'last-modified': 'Wed, 01 Jan 2025 00:00:00 GMT',
    etag
  };
  return { status: 200, headers, body };
}

/** `through` is the gateway endpoint that the call came by; null when it came another way. */
export function serveS3(
  state: State,
  through: Through | null,
  call: Call
): { answer: Answer; operation: string } {
  const operation = { GET: 'GetObject', HEAD: 'HeadObject' }[call.method];
  if (operation === undefined || call.query.size > 0)
    return {
      answer: failed(501, 'NotImplemented', 'The emulator knows GetObject and HeadObject only.'),
      operation: 'unknown'
    };
  return { answer: serve(state, through, call), operation };
}
