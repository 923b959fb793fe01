import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** A pattern that runs on foreign text must be linear: one whose time grows with the square stops the engine. */
const LINEAR = {
  'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
  'regexp/no-super-linear-move': ['error', { report: 'potential' }]
};

/** Only `runtime/` reads the clock, chance, the environment and timers: tests own the rest. */
const WORLD_ONLY = [
  { object: 'Date', property: 'now', message: 'Take the time from Runtime.clock.' },
  { object: 'Math', property: 'random', message: 'Take chance from Runtime.random.' },
  { object: 'process', property: 'env', message: 'Take variables from Runtime.env.' },
  {
    object: 'AbortSignal',
    property: 'timeout',
    message: 'Write deadlines with Runtime.clock: it can be faked.'
  }
];

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'lib',
      'build',
      'coverage',
      '.venv*',
      '.demo',
      '.cache',
      '.browser',
      'jupyterlab_codeartifact/engine',
      'jupyterlab_codeartifact/labextension',
      'style/index.js'
    ]
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: [
      'src/**/*.{ts,tsx}',
      'testing/**/*.{ts,tsx}',
      'tests/**/*.ts',
      'ui-tests/**/*.ts',
      'bench/**/*.ts'
    ],
    languageOptions: {
      parserOptions: { project: './tsconfig.node.json', tsconfigRootDir: import.meta.dirname }
    },
    rules: {
      'max-lines': ['error', { max: 300 }],
      eqeqeq: ['error', 'smart'],
      'prefer-arrow-callback': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true }
      ],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  {
    files: ['src/engine/**/*.ts'],
    ignores: ['src/engine/runtime/**', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': ['error', ...WORLD_ONLY],
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'setImmediate', 'fetch', 'console'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take the time from Runtime.clock.'
        }
      ]
    }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.{ts,tsx}'],
    plugins: { regexp },
    rules: LINEAR
  },
  {
    files: ['src/lab/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.{ts,tsx}'],
    plugins: { jupyter },
    rules: Object.fromEntries(
      Object.keys(jupyter.rules)
        .filter(
          name =>
            !name.startsWith('galata-') &&
            name !== 'no-schema-enum' &&
            name !== 'require-soft-assertions-before-snapshots'
        )
        .map(name => [`jupyter/${name}`, 'error'])
    )
  },
  // JupyterLab's habits: interfaces begin with I, and a class has its options in a namespace of its name.
  {
    files: ['src/lab/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          modifiers: ['exported'],
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ]
    }
  },
  {
    // The texts, which are being moved into one catalogue for the terminal and the panel.
    files: [
      'src/lab/diagnosis/{evidence-lines,path-rows,read-evidence,request-text,sentence}.ts',
      'src/lab/connection/{status-message,degraded-message,notification-text,status-bar-text}.ts'
    ],
    rules: { '@typescript-eslint/naming-convention': 'off' }
  },
  {
    files: ['**/*.spec.{ts,tsx}', 'testing/**', 'tests/**', 'ui-tests/**'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      'max-lines': ['error', { max: 400 }]
    }
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        module: 'writable',
        require: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearTimeout: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        document: 'readonly',
        window: 'readonly',
        globalThis: 'readonly',
        exports: 'writable',
        __dirname: 'readonly'
      }
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' }
  },
  prettier,
  // After prettier's configuration, which switches it off although 'all' does not conflict with prettier:
  // https://github.com/prettier/eslint-config-prettier#curly
  // The emulator was written without braces around single statements; changing it is a commit of its own.
  { ignores: ['testing/emulator/**'], rules: { curly: ['error', 'all'] } }
);
