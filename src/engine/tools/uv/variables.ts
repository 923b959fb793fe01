import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import { trans } from '../../core/say';

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

// uv reads each of these at every start, and stops at a value that it does not take, be it empty; uv 0.13.9 has told
// which. https://docs.astral.sh/uv/reference/environment/
const SWITCHES = names(`
  OFFLINE NO_CONFIG NATIVE_TLS SYSTEM_CERTS NO_PROGRESS PREVIEW MANAGED_PYTHON NO_MANAGED_PYTHON NO_SYNC FROZEN LOCKED
  LOG_CONTEXT NO_CACHE REQUIRE_HASHES NO_VERIFY_HASHES SYSTEM_PYTHON BREAK_SYSTEM_PACKAGES COMPILE_BYTECODE NO_SOURCES
  NO_BUILD_ISOLATION NO_ENV_FILE NO_DEV DEV ISOLATED NO_INSTALLER_METADATA NO_EDITABLE SHOW_RESOLUTION
  SKIP_WHEEL_FILENAME_CHECK HIDE_BUILD_OUTPUT REQUIRE_BUILD_HASHES`);
const NUMBERS = names('HTTP_TIMEOUT HTTP_RETRIES REQUEST_TIMEOUT UPLOAD_HTTP_TIMEOUT HTTP_CONNECT_TIMEOUT');
const COUNTS = names('CONCURRENT_DOWNLOADS CONCURRENT_BUILDS CONCURRENT_INSTALLS');
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  INDEX_STRATEGY: names('first-index unsafe-any-match unsafe-first-match unsafe-best-match'),
  KEYRING_PROVIDER: names('disabled subprocess'),
  LINK_MODE: names('clone reflink copy hardlink symlink'),
  PRERELEASE: names('disallow allow if-necessary explicit if-necessary-or-explicit'),
  RESOLUTION: names('highest lowest lowest-direct'),
  FORK_STRATEGY: names('fewest requires-python'),
  PYTHON_PREFERENCE: names('only-managed managed system only-system')
};

const ON = /^(1|true|t|yes|y|on)$/i;
const BOOLISH = /^(1|true|t|yes|y|on|0|false|f|no|n|off)$/i;

/** A switch among the variables; undefined where it is not set, or not to a value that uv takes. */
export const switchOf = (value: string | undefined): boolean | undefined =>
  value !== undefined && BOOLISH.test(value) ? ON.test(value) : undefined;

/** The variables at which uv stops before it does anything. */
export function refusedVariables({ runtime: { env } }: ToolsDeps): Shadow[] {
  const refused = (all: readonly string[], takes: (value: string) => boolean, what: string): Shadow[] =>
    all.flatMap(name => {
      const variable = `UV_${name}`;
      const value = env[variable];
      return value === undefined || takes(value)
        ? []
        : [
            {
              by: trans.__('the variable %1, with which uv stops: it takes only %2', variable, what),
              variable
            }
          ];
    });
  return [
    ...refused(SWITCHES, value => BOOLISH.test(value), trans.__('true or false')),
    ...refused(NUMBERS, value => /^\+?\d*$/.test(value), trans.__('a whole number')),
    ...refused(COUNTS, value => value === '' || /^\+?0*[1-9]\d*$/.test(value), trans.__('a number above 0')),
    ...Object.entries(CHOICES).flatMap(([name, choices]) =>
      refused([name], value => choices.includes(value), choices.join(', '))
    )
  ];
}
