/**
 * A text, or a value as JSON in a text, as a literal of Python: nothing that a user types becomes code. JSON's
 * escapes are a part of Python's (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences).
 */
export const pythonText = (text: string): string => JSON.stringify(text);

export const pythonValue = (value: unknown): string =>
  `__import__("json").loads(${pythonText(JSON.stringify(value))})`;
