import type { Secret } from './secret';

const MASK = '***';

/** Secrets shorter than this would mask ordinary words; AWS's are far longer. */
const SHORTEST = 8;

/**
 * How many tokens are known by value at a time. A token serves for up to twelve hours after it was replaced, and a day
 * of the shortest renewals by the default lifetime makes four; the rest is for people who click Renew.
 */
const MOST_TOKENS = 16;

/**
 * A word of a sentence, such as in "has no password for 127.0.0.1" or "whose password the index refuses": to mask it
 * would take the sense out of what we say. No token and no key is a short run of letters of one case.
 */
const PROSE = String.raw`(?:[A-Z]?[a-z]{1,15}|[A-Z]{1,4})[.,;:!?)]{0,2}(?=\s|$)`;

/** Shapes that hold a secret whatever its value: a second net under the list of known values. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // URL user information, RFC 3986 3.2.1: https://aws:TOKEN@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+(@)/gi, `$1${MASK}$2`],
  // Authorization headers, RFC 7617 and RFC 6750; and what follows the scheme elsewhere
  [/(\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer)\s+)[^\s"',]+/gi, `$1${MASK}`],
  [
    new RegExp(String.raw`\b((?:[Bb]asic|BASIC|[Bb]earer|BEARER)\s+)(?!${PROSE})[A-Za-z0-9+/._~=-]{8,}`, 'g'),
    `$1${MASK}`
  ],
  // netrc, whose words are in lower case: login NAME password TOKEN, where a word may be a password too
  [/(\b(?:machine|login|user|account)\s+\S+\s+password\s+)\S+/g, `$1${MASK}`],
  [/(^[ \t]*password[ \t]+)\S+(?=[ \t]*$)/gm, `$1${MASK}`],
  [new RegExp(String.raw`(\b(?:[Pp]assword|PASSWORD)\s+)(?!${PROSE}|[=:*])\S+`, 'g'), `$1${MASK}`],
  // JSON and environment forms of AWS's and pip's secrets
  [
    /("?(?:authorizationToken|secretAccessKey|sessionToken|aws_secret_access_key|aws_session_token|password|token)"?\s*[:=]\s*"?)[^\s",}]{8,}/gi,
    `$1${MASK}`
  ],
  // JSON web tokens, as CodeArtifact's tokens are
  [/\beyJ[\w-]{16,}(?:\.[\w-]+)*/g, MASK]
];

/** By shape alone, where no value is known. */
export const redactShapes = (text: string): string =>
  SHAPES.reduce((t, [shape, mask]) => t.replace(shape, mask), text);

/** Takes secrets out of any text that leaves the engine. */
export interface Redactor {
  /**
   * From now on, this token is masked wherever it stands: plain, percent-encoded, or in Basic. The latest 16 are known
   * by value, so that an engine that renews for months does not grow; an older one is still known by its shape.
   */
  readonly learn: (secret: Secret | string) => void;
  /** The same for a value that lasts as long as this process, such as a key in its environment. */
  readonly learnForGood: (secret: Secret | string) => void;
  readonly redact: (text: string) => string;
}

/**
 * Redaction by value, then by shape.
 *
 * @param base64 encodes UTF-8 as base64; handed in because pure code has no Node and no browser.
 */
export function createRedactor(base64: (text: string) => string): Redactor {
  const lasting = new Map<string, readonly string[]>();
  /** Latest last. */
  const tokens = new Map<string, readonly string[]>();
  const add = (to: Map<string, readonly string[]>, secret: Secret | string): void => {
    const value = typeof secret === 'string' ? secret : secret.reveal();
    if (value.length >= SHORTEST) {
      to.delete(value);
      to.set(value, [value, encodeURIComponent(value), base64(`aws:${value}`)]);
    }
  };
  return {
    learn: secret => {
      add(tokens, secret);
      for (const oldest of [...tokens.keys()].slice(0, -MOST_TOKENS)) {
        tokens.delete(oldest);
      }
    },
    learnForGood: secret => add(lasting, secret),
    redact: text => {
      let clean = text;
      for (const value of [...lasting.values(), ...tokens.values()].flat()) {
        clean = clean.split(value).join(MASK);
      }
      return redactShapes(clean);
    }
  };
}
