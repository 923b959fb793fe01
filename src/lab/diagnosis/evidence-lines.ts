import type { Rung, CheckId } from '../../protocol/rung';
import type { IPathNode as PathNode } from './path';
import { nodeOfId } from './path';
import type { Address } from './read-evidence';
import { evidenceOf } from './read-evidence';
import { nodeLabel } from './node-label';
import { measured } from '../ui/time';
import type { Trans } from '../ui/trans';
import { verdictLabel } from './verdict-label';

/** One line of a node's evidence: a sentence, or an address with its own verdict. */
export type Line =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'address';
      readonly address: string;
      readonly time: string;
      readonly verdict: string;
      readonly bad: boolean;
    };

const text = (value: string): Line => ({ kind: 'text', text: value });

const mixed = (addresses: readonly Address[]): boolean =>
  addresses.some(address => address.verdict === 'ok') &&
  addresses.some(address => address.verdict && address.verdict !== 'ok');

function addressLine(trans: Trans, address: Address): Line {
  return {
    kind: 'address',
    address: address.address,
    time: address.ms === undefined ? '' : measured(trans, address.ms),
    verdict: address.verdict ? verdictLabel(trans, address.verdict as Rung['verdict']) : '',
    bad: address.verdict !== undefined && address.verdict !== 'ok'
  };
}

function classLine(trans: Trans, rung: Rung): string {
  const { addresses, addressClass } = evidenceOf(rung);
  const list = addresses.map(address => address.address).join(', ');
  if (!list) {
    return '';
  }
  switch (addressClass) {
    case 'public':
      return addresses.length === 1
        ? trans.__('%1 is a public address', list)
        : trans.__('%1 are public addresses', list);
    case 'private':
      return addresses.length === 1 ? trans.__('%1, private', list) : trans.__('%1, all private', list);
    case 'loopback':
      return trans.__('%1, this machine', list);
    case null:
      return list;
  }
}

function policyLine(trans: Trans, rung: Rung): string {
  switch (evidenceOf(rung).policyType) {
    case 'identity':
      return trans.__('No identity-based policy allows it');
    case 'vpc_endpoint':
      return trans.__('The VPC endpoint policy does not allow it');
    case 'resource':
      return trans.__('The resource’s own policy does not allow it');
    case 'scp':
      return trans.__('A service control policy does not allow it');
    case 'rcp':
      return trans.__('A resource control policy does not allow it');
    case 'boundary':
      return trans.__('The permissions boundary does not allow it');
    case 'session':
      return trans.__('The session policy does not allow it');
    default:
      return trans.__('AWS does not say which policy');
  }
}

function denied(trans: Trans, rung: Rung): Line[] {
  const { role, action, policyArn, requestId } = evidenceOf(rung);
  return [
    role && trans.__('Role `%1`', role),
    action && `\`${action}\``,
    policyLine(trans, rung),
    policyArn && `\`${policyArn}\``,
    requestId && trans.__('AWS request %1', requestId)
  ]
    .filter(Boolean)
    .map(line => text(line));
}

function silent(trans: Trans, rung: Rung): Line[] {
  const { host, port, addresses, attempts, waitedMs } = evidenceOf(rung);
  const named = host !== '' && !addresses.some(item => item.address === host);
  const lines = [named && `\`${host}\``, classLine(trans, rung)]
    .filter((line): line is string => Boolean(line))
    .map(text);
  const time = measured(trans, waitedMs || rung.ms);
  const last =
    attempts > 1 && addresses.length > 1
      ? trans.__('No answer on port %1 in %2, %3 attempts each', port, time, attempts)
      : trans.__('No answer on port %1 in %2', port, time);
  return [...lines, text(last)];
}

/** What a rung has to show. Falls back on the engine's own sentence, so that nothing it knows is lost. */
function linesOf(trans: Trans, rung: Rung): Line[] {
  const { addresses } = evidenceOf(rung);
  if (rung.verdict === 'access_denied') {
    return denied(trans, rung);
  }
  if (rung.verdict === 'timeout' && rung.id.startsWith('tcp.')) {
    return silent(trans, rung);
  }
  if (rung.id.startsWith('tcp.') && (mixed(addresses) || rung.warning)) {
    return addresses.map(address => addressLine(trans, address));
  }
  return rung.summary ? [text(rung.summary)] : [];
}

const isLoud = (rung: Rung): boolean =>
  rung.id !== 's3' && ((rung.verdict !== 'ok' && rung.verdict !== 'skipped') || rung.warning !== undefined);

/** The evidence of a node, in ladder order: of what is wrong when something is, else of all that was seen. */
export function evidenceLines(trans: Trans, rungs: readonly Rung[]): Line[] {
  const told = rungs.filter(
    rung =>
      rung.verdict !== 'waiting' &&
      rung.verdict !== 'running' &&
      (rung.verdict !== 'skipped' || !rung.because)
  );
  const emphasised = told.filter(isLoud);
  return (emphasised.length ? emphasised : told).flatMap(rung => linesOf(trans, rung));
}

const waitsOn = (trans: Trans, because: CheckId): string =>
  trans.__('Waits on: %1', nodeLabel(trans, nodeOfId(because)));

/** The same for a node of the path; one that has nothing behind it says why. */
export function nodeLines(trans: Trans, node: PathNode): Line[] {
  const lines = evidenceLines(trans, node.rungs);
  if (lines.length) {
    return lines;
  }
  if (node.id === 'iam' && node.mark === 'ok') {
    return [text(trans.__('AWS answered this role’s request for a token'))];
  }
  if (node.rung === null) {
    return [text(trans.__('Not checked yet'))];
  }
  const because = node.rung.because ?? node.rungs.find(rung => rung.because)?.because;
  return [text(because ? waitsOn(trans, because) : trans.__('Waits for its turn'))];
}
