import { CHECKS, nodeLabel } from '../../protocol/checks';
import { callerOf, policySentence } from '../../protocol/messages/denial';
import { describeRung, describeRungWarning } from '../../protocol/messages/describe';
import {
  type Evidence,
  type ProbedAddress,
  probedAddresses,
  readEvidence
} from '../../protocol/messages/evidence';
import { portOf } from '../../protocol/messages/network';
import type { CheckId, Rung } from '../../protocol/rung';
import { isFailureVerdict, verdictLabel } from '../../protocol/verdict';
import { measured } from '../ui/time';
import type { Trans } from '../ui/trans';
import { said } from '../ui/trans';
import type { IPathNode as PathNode } from './path';
import { nodeOfId } from './path';

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

const isDead = ({ error }: ProbedAddress): boolean => error !== undefined;

const mixed = (addresses: readonly ProbedAddress[]): boolean =>
  addresses.some(isDead) && !addresses.every(isDead);

function addressLine(trans: Trans, one: ProbedAddress): Line {
  const verdict = !isDead(one) ? 'ok' : one.error === 'ETIMEDOUT' ? 'timeout' : 'refused';
  return {
    kind: 'address',
    address: one.address,
    time: one.ms === undefined ? '' : measured(trans, one.ms),
    verdict: verdictLabel(trans, verdict),
    bad: isDead(one)
  };
}

function classLine(trans: Trans, evidence: Evidence): string {
  const addresses = probedAddresses(evidence);
  // Each in code type, which keeps its direction in a page from right to left.
  const list = addresses.map(address => `\`${address.address}\``).join(', ');
  if (!list) {
    return '';
  }
  switch (evidence.addressClass) {
    case 'public':
      return addresses.length === 1
        ? trans.__('%1 is a public address', list)
        : trans.__('%1 are public addresses', list);
    case 'private':
      return addresses.length === 1 ? trans.__('%1, private', list) : trans.__('%1, all private', list);
    case 'loopback':
      return trans.__('%1, this machine', list);
    default:
      return list;
  }
}

function denied(trans: Trans, evidence: Evidence): Line[] {
  const { principal, action, policyArn, requestId } = evidence;
  const caller = callerOf(principal ?? '').name;
  const sentence = policySentence(evidence, trans);
  return [
    caller && trans.__('Role `%1`', caller),
    action && !sentence.includes(action) && `\`${action}\``,
    sentence,
    policyArn && `\`${policyArn}\``,
    requestId && trans.__('AWS request %1', requestId)
  ].flatMap(line => (line ? [text(line)] : []));
}

function silent(trans: Trans, rung: Rung, evidence: Evidence): Line[] {
  const { host, waitedMs } = evidence;
  const named = host !== undefined && !probedAddresses(evidence).some(item => item.address === host);
  return [
    named ? `\`${host}\`` : '',
    classLine(trans, evidence),
    trans.__('No answer on port %1 in %2', portOf(evidence), measured(trans, waitedMs ?? rung.ms))
  ]
    .filter(Boolean)
    .map(text);
}

/** What a rung has to show beside the headline and its sentence. */
function linesOf(trans: Trans, rung: Rung, told: boolean): Line[] {
  const evidence = readEvidence(rung.evidence);
  const addresses = probedAddresses(evidence);
  if (rung.verdict === 'access_denied') {
    return denied(trans, evidence);
  }
  const tcp = rung.id.startsWith('tcp.');
  if (tcp && rung.verdict === 'timeout') {
    return silent(trans, rung, evidence);
  }
  if (tcp && (mixed(addresses) || rung.warning)) {
    return addresses.map(address => addressLine(trans, address));
  }
  if (isFailureVerdict(rung.verdict)) {
    const { detail, sentence } = describeRung(rung, trans);
    const { requestId } = evidence;
    const other = told && requestId ? trans.__('AWS request %1', requestId) : sentence;
    return [detail || other].filter(Boolean).map(text);
  }
  const words =
    rung.warning === undefined ? said(rung.summary, trans) : describeRungWarning(rung, trans).sentence;
  return words ? [text(words)] : [];
}

const isEmphasised = (rung: Rung): boolean =>
  !CHECKS[rung.id]?.advisory && (isFailureVerdict(rung.verdict) || rung.warning !== undefined);

/**
 * The evidence of a node, in the order of the checks: of what is wrong when something is, else of all that was seen.
 * `told`: the sentence of what is wrong stands above already.
 */
export function evidenceLines(trans: Trans, rungs: readonly Rung[], told = false): Line[] {
  const seen = rungs.filter(
    rung =>
      rung.verdict !== 'waiting' &&
      rung.verdict !== 'running' &&
      (rung.verdict !== 'skipped' || !rung.because)
  );
  const emphasised = seen.filter(isEmphasised);
  return (emphasised.length ? emphasised : seen).flatMap(rung => linesOf(trans, rung, told));
}

const waitsOn = (trans: Trans, because: CheckId): string =>
  trans.__('Waits on: %1', nodeLabel(trans, nodeOfId(because)));

/** The same for a node of the path; one that has nothing behind it says why. */
export function nodeLines(trans: Trans, node: PathNode): Line[] {
  const lines = evidenceLines(trans, node.rungs, node.root);
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
  return [text(because ? waitsOn(trans, because) : trans.__('Not started yet'))];
}
