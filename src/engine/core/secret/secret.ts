/**
 * A value that must never be printed: it shows as `***` wherever it lands by accident.
 * `reveal()` is the one way to the value, so that its uses can be grepped.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Only for a request to AWS or the package index, or a file of mode 0600. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}
