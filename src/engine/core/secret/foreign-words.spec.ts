import { foreignAnswer, foreignWords } from './foreign-words';

it.each<[string, string]>([
  ['one\ntwo\n\nthree\nfour\n', 'two three four'],
  ['\u001b[31mred\u001b[0m\u0007 `x`\r\n', 'red x'],
  ['/home/Jovyan1/bin/get-credentials-V2: not found', '/home/Jovyan1/bin/get-credentials-V2: not found'],
  ['see https://Wiki.corp/Page1/credentials2', 'see https://Wiki.corp/Page1/credentials2'],
  ['for AKIAIOSFODNN7EXAMPLE of account 111122223333', 'for *** of account 111122223333'],
  ['key 9f86d081884c7d659a2feaa0c55ad015 is over', 'key *** is over'],
  [
    'request 6f1b7c0e-1d2f-4a63-9b1e-2f0c1d2e3f4a failed',
    'request 6f1b7c0e-1d2f-4a63-9b1e-2f0c1d2e3f4a failed'
  ],
  ['key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'key=***'],
  ['Authorization: Bearer abc.DEF012345', 'Authorization: Bearer ***'],
  ['session eyJhbGciOiJIUzI1NiIsInR5cCI6.x.y', 'session ***']
])('%j', (said, told) => expect(foreignWords(said)).toBe(told));

it('the end of a long text is what is told', () => {
  const told = foreignWords(`${'x '.repeat(100_000)}the end`);
  expect(told).toHaveLength(301);
  expect(told).toMatch(/^….*the end$/);
});

it.each<[string, string]>([
  ['{"message": "no role"}', 'no role'],
  ['{"Code": "X", "Message": ""}', 'X'],
  ['<html>blocked</html>', ''],
  ['{}', ''],
  ['null', ''],
  ['no role for this task', 'no role for this task']
])('of the answer %j', (body, told) => expect(foreignAnswer(body)).toBe(told));
