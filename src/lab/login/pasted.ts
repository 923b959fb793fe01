import { awsCall } from './aws-words';
import { readCell } from './cell';
import type { IChoice, ILogin } from './choice';
import { best, merged, NOTHING, signIns, whole } from './read-login';
import { readShell } from './shell-reader';
import { choiceInUrl } from './urls';

/*
 * Reads "View connection instructions" of the AWS console, a script, a cell, an address or an ARN. Nothing pasted is run
 * or kept: only names are taken from it, and a token in it is dropped with the rest.
 */

/** More is no instructions. */
const LARGEST = 100_000;

/**
 * Word processors and web pages turn hyphens into dashes and quotes into curly ones, and put blanks behind backslashes;
 * terminals put a prompt before a command, `cmd` ends a line with `^`, and PowerShell with a backtick.
 */
const straighten = (text: string): string =>
  text
    .replace(/\u00a0/g, ' ')
    .replace(/[\u2012-\u2015\u2212]{1,2}(?=[a-z])/g, '--')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\\^`][ \t]*\r?\n/g, ' ')
    .replace(/^[ \t]*(?:In \[\d*\]:|[$%>](?=[ \t]+\S))[ \t]*/gm, '');

/** A flag's value somewhere in prose: `--flag value` or `--flag=value`, with or without quotes. */
function flag(text: string, name: string): string {
  const match = new RegExp(`--${name}(?:\\s+|=)(?:"([^"]*)"|'([^']*)'|([^\\s'"]+))`).exec(text);
  const value = match ? (match[1] ?? match[2] ?? match[3] ?? '') : '';
  return /^[\w.-]+$/.test(value) ? value : '';
}

/** The repository that the text names; what is missing where its names are variables. */
export function readPasted(text: string): ILogin {
  const source = straighten(text.slice(0, LARGEST));
  const shell = readShell(source).map(command => ({
    words: command.words,
    place: { kind: 'shell' as const, command }
  }));
  const commands = [shell, readCell(source)];
  const found = commands.flatMap(each => {
    const login = best(signIns(each).map(one => one.login));
    const calls = each.map(({ words }) => awsCall(words)).filter(call => call !== null);
    return [...(login ? [login] : []), ...(calls.length > 0 ? [whole(merged(calls))] : [])];
  });
  const login = best(found);
  if (login?.choice) {
    return login;
  }
  const url = choiceInUrl(source);
  if (url) {
    return { choice: url, missing: [] };
  }
  if (login && login.missing.length > 0) {
    return login;
  }
  const choice: IChoice = {
    ...NOTHING,
    domain: flag(source, 'domain'),
    domainOwner: flag(source, 'domain-owner'),
    repository: flag(source, 'repository'),
    region: flag(source, 'region')
  };
  return whole({ choice, missing: [] });
}
