import { redactUrl } from '../text/url-credentials';

const HIDDEN = '****';

// https://docs.npmjs.com/cli/v11/configuring-npm/npmrc#auth-related-configuration
const SECRET = /auth|password|token|secret|otp|(^|:)\s*["']?(key|cert)["']?\s*$/i;

/** An .npmrc with tokens, passwords and keys hidden, in comments too; it keeps its lines. */
export const redactNpmrc = (text: string): string =>
  redactUrl(text).replace(/[^\r\n]+/g, line => {
    const at = line.indexOf('=');
    return at >= 0 && SECRET.test(line.slice(0, at)) && line.slice(at + 1).trim()
      ? `${line.slice(0, at + 1)}${HIDDEN}`
      : line;
  });
