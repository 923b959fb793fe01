import { readDiff } from './diff';

const brief = (text: string) =>
  readDiff(text).map(({ path, kind, lines }) => [
    path,
    kind,
    lines.map(line => (line ? line.sign + line.text : '…')).join('|')
  ]);

it.each<[string, string, unknown]>([
  ['nothing', '', []],
  ['a new file', '--- /dev/null\n+++ /a b/.netrc\n@@ -0,0 +1,1 @@\n+x\n', [['/a b/.netrc', 'new', '+x']]],
  ['a removed file', '--- /a\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n', [['/a', 'removed', '-x']]],
  [
    'two places of one file',
    '--- /a\n+++ /a\n@@ -1,2 +1,2 @@\n one\n-two\n+zwei\n@@ -9,1 +9,2 @@\n nine\n+ten\n',
    [['/a', 'changed', ' one|-two|+zwei|…| nine|+ten']]
  ],
  [
    'lines that look like headings',
    '--- /a\n+++ /a\n@@ -1,2 +1,2 @@\n--- x\n-@@ -1 +1 @@\n+++ y\n+@@\n--- /b\n+++ /b\n@@ -1 +1 @@\n-x\n+y\n',
    [
      ['/a', 'changed', '--- x|-@@ -1 +1 @@|+++ y|+@@'],
      ['/b', 'changed', '-x|+y']
    ]
  ],
  [
    'a removed and an added line that look like the two headings of a file',
    '--- /a\n+++ /a\n@@ -1 +1 @@\n--- x\n+++ y\n',
    [['/a', 'changed', '--- x|+++ y']]
  ],
  ['an empty line kept', '--- /a\n+++ /a\n@@ -1,2 +1,1 @@\n \n-x\n', [['/a', 'changed', ' |-x']]],
  ['something else', 'no diff\nat all', []]
])('%s', (...[, text, files]) => expect(brief(text)).toEqual(files));
