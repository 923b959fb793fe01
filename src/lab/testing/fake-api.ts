import type { Document } from '../../protocol/document';
import type { Api, Verb } from '../api';
import { aDocument } from './a-document';

/** An API whose answers tests hand out: what is asked waits until it is answered. */
export interface FakeApi extends Api {
  readonly asked: string[];
  /** Answers the oldest open question of that name. */
  answer(question: string, value: unknown): Promise<void>;
  fail(question: string, error: unknown): Promise<void>;
}

interface Open {
  readonly question: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export function fakeApi(): FakeApi {
  const asked: string[] = [];
  const open: Open[] = [];
  const ask = <T>(question: string): Promise<T> => {
    asked.push(question);
    return new Promise<T>((resolve, reject) => open.push({ question, resolve, reject }));
  };
  const take = (question: string): Open => {
    const at = open.findIndex(item => item.question === question);
    if (at < 0) {
      throw new Error(`nobody asked for ${question}: ${asked.join(', ')}`);
    }
    return open.splice(at, 1)[0];
  };
  /** Lets what waits on the answer go on; works under fake timers too. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) {
      await Promise.resolve();
    }
  };
  return {
    asked,
    state: () => ask<Document>('state'),
    repositories: () => ask('repositories'),
    packages: ({ query, name }) => ask(`packages ${name ?? query ?? ''}`.trim()),
    act: (verb: Verb) => ask<Document>(verb),
    answer: async (question, value) => {
      take(question).resolve((value ?? aDocument()) as never);
      await settle();
    },
    fail: async (question, error) => {
      take(question).reject(error);
      await settle();
    }
  };
}
