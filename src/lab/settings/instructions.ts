import type { IChoice, ILogin } from '../login/choice';
import { readPasted } from '../login/pasted';

export type { IChoice } from '../login/choice';

/** A choice that a notebook offers. */
export interface IOffer {
  readonly choice: IChoice;
  /** The notebook's file name. */
  readonly from: string;
}

/** What pasted text says of a repository, and what of it is missing. */
export const readInstructions: (text: string) => ILogin = readPasted;
