import { invalidSettings } from './settings';

it.each([
  ['apiEndpoint', /Correct the value in the settings/, []],
  [
    'endpoint_url of profile dev',
    /^Correct endpoint_url of the profile dev in the AWS configuration file/,
    ['grep -n \'endpoint_url\' "${AWS_CONFIG_FILE:-$HOME/.aws/config}"']
  ]
])('a value that is not valid is corrected where it stands: %s', (setting, text, snippets) => {
  const fix = invalidSettings({ setting });
  expect(fix.text).toMatch(text);
  expect(fix.snippets.map(snippet => snippet.text.trim())).toEqual(snippets);
});
