import type { Call } from '../http/call';
import { canonicalRequest, sha256Hex } from './canonical';
import { signature } from './signature';
import { parseAmzDate } from './skew';
import { verify, type AccessKey } from './verify';

// AWS's published example key, and the signatures of its published Signature Version 4 test suite.
const id = 'AKIDEXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const amzDate = '20150830T123600Z';
const scope = { day: '20150830', region: 'us-east-1', service: 'service' };

function call(method: string, target: string, headers: [string, string][], body = ''): Call {
  const [path, ...query] = target.split('?');
  const map = new Map<string, string[]>();
  for (const [name, value] of headers)
    map.set(name.toLowerCase(), [...(map.get(name.toLowerCase()) ?? []), value]);
  const rawQuery = query.join('?');
  return {
    method,
    path,
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: map,
    body: Buffer.from(body)
  };
}

const base: [string, string][] = [
  ['Host', 'example.amazonaws.com'],
  ['X-Amz-Date', amzDate]
];

interface Vector {
  name: string;
  method?: string;
  target?: string;
  headers?: [string, string][];
  body?: string;
  expected: string;
}

const unreserved = '-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const vectors: Vector[] = [
  { name: 'get-vanilla', expected: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  {
    name: 'get-vanilla-query-order-key-case',
    target: '/?Param2=value2&Param1=value1',
    expected: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'
  },
  {
    name: 'get-unreserved',
    target: `/${unreserved}`,
    expected: '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f'
  },
  {
    name: 'get-header-value-trim',
    headers: [
      ...base.slice(0, 1),
      ['My-Header1', ' value1'],
      ['My-Header2', ' "a   b   c"'],
      ...base.slice(1)
    ],
    expected: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736'
  },
  {
    name: 'get-vanilla-query-unreserved',
    target: `/?${unreserved}=${unreserved}`,
    expected: '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197'
  },
  {
    name: 'get-utf8',
    target: '/\u1234',
    expected: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'
  },
  {
    name: 'get-vanilla-utf8-query',
    target: '/?\u1234=bar',
    expected: '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04'
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    expected: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'
  },
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    headers: [['Content-Type', 'application/x-www-form-urlencoded'], ...base],
    body: 'Param1=value1',
    expected: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a'
  },
  {
    name: 'normalize-path get-relative-relative',
    target: '/example1/example2/../..',
    expected: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'
  },
  {
    name: 'normalize-path get-slashes',
    target: '//example//',
    expected: '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84'
  }
];

function sign(request: Call, withScope = scope, key = secret): Call {
  const signed = [...request.headers.keys()].filter(name => name !== 'x-unsigned').sort();
  const text = signature(key, withScope, amzDate, canonicalRequest(request, signed, sha256Hex(request.body)));
  const { day, region, service } = withScope;
  request.headers.set('authorization', [
    `AWS4-HMAC-SHA256 Credential=${id}/${day}/${region}/${service}/aws4_request, SignedHeaders=${signed.join(';')}, Signature=${text}`
  ]);
  return request;
}

const key: AccessKey = { secretAccessKey: secret, sessionToken: null, state: 'valid' };

function judge(request: Call, changes: Partial<AccessKey> = {}, now = parseAmzDate(amzDate) as number) {
  return verify(request, {
    region: 'us-east-1',
    service: 'service',
    now,
    keys: wanted => (wanted === id ? { ...key, ...changes } : undefined)
  });
}

describe("AWS's own test suite", () => {
  test.each(vectors)('$name', ({ method = 'GET', target = '/', headers = base, body = '', expected }) => {
    const request = sign(call(method, target, headers, body));
    expect(request.headers.get('authorization')?.[0]).toContain(`Signature=${expected}`);
    expect(judge(request)).toEqual({ accessKeyId: id });
  });
});

describe('a request that AWS would refuse', () => {
  const good = (): Call => sign(call('GET', '/v1/domain?domain=analytics', base));
  const wrongSignature = /^The request signature we calculated does not match the signature you provided\./;
  const minute = 60_000;
  const signedAt = parseAmzDate(amzDate) as number;

  test.each<[string, () => ReturnType<typeof judge>, string, RegExp | string]>([
    [
      'carries no signature',
      () => judge(call('GET', '/', base)),
      'MissingAuthenticationTokenException',
      'Missing Authentication Token'
    ],
    [
      'is signed by another secret key',
      () => judge(sign(call('GET', '/', base), scope, 'another')),
      'InvalidSignatureException',
      wrongSignature
    ],
    [
      'had its query changed on the way',
      () => {
        const request = good();
        request.rawQuery = 'domain=other';
        return judge(request);
      },
      'InvalidSignatureException',
      wrongSignature
    ],
    [
      'had its body changed on the way',
      () => {
        const request = good();
        request.body = Buffer.from('{}');
        return judge(request);
      },
      'InvalidSignatureException',
      wrongSignature
    ],
    [
      'has an access key nobody knows',
      () => {
        const request = good();
        const text = request.headers.get('authorization')?.[0] ?? '';
        request.headers.set('authorization', [text.replace(id, 'AKIDOTHER')]);
        return judge(request);
      },
      'UnrecognizedClientException',
      'The security token included in the request is invalid.'
    ],
    [
      'lacks the session token of temporary credentials',
      () => judge(good(), { sessionToken: 'session' }),
      'UnrecognizedClientException',
      'The security token included in the request is invalid.'
    ],
    [
      'comes from a session that has ended',
      () => judge(good(), { state: 'expired' }),
      'ExpiredTokenException',
      'The security token included in the request is expired'
    ],
    [
      'was signed six minutes ago by our clock',
      () => judge(good(), {}, signedAt + 6 * minute),
      'InvalidSignatureException',
      'Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z (20150830T124200Z - 5 min.)'
    ],
    [
      'will be signed in six minutes by our clock',
      () => judge(good(), {}, signedAt - 6 * minute),
      'InvalidSignatureException',
      'Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z (20150830T123000Z + 5 min.)'
    ],
    [
      'is meant for another service',
      () => judge(sign(call('GET', '/', base), { ...scope, service: 's3' })),
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'service'."
    ],
    [
      'is meant for another Region',
      () => judge(sign(call('GET', '/', base), { ...scope, region: 'eu-west-1' })),
      'InvalidSignatureException',
      'Credential should be scoped to a valid region.'
    ],
    [
      'does not say which headers it signed',
      () => {
        const request = good();
        const text = request.headers.get('authorization')?.[0] ?? '';
        request.headers.set('authorization', [text.replace(/SignedHeaders=[^,]+, /, '')]);
        return judge(request);
      },
      'IncompleteSignatureException',
      "Authorization header requires 'SignedHeaders' parameter."
    ],
    [
      'leaves the host out of the signature',
      () => {
        const request = call('GET', '/', base.slice(1));
        sign(request);
        request.headers.set('host', ['elsewhere.example']);
        return judge(request);
      },
      'InvalidSignatureException',
      "'host' must be a 'SignedHeader' in the AWS Authorization."
    ]
  ])('one that %s', (_name, act, code, message) => {
    const answer = act();
    expect(answer).toMatchObject({ code });
    expect('message' in answer && answer.message).toMatch(
      message instanceof RegExp ? message : new RegExp(`^${escape(message)}$`)
    );
  });

  test('the allowed skew is five minutes to either side', () => {
    expect(judge(good(), {}, signedAt + 5 * minute)).toEqual({ accessKeyId: id });
    expect(judge(good(), {}, signedAt - 5 * minute)).toEqual({ accessKeyId: id });
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
