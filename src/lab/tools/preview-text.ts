import type { FailureVerdict } from '../../protocol/verdict';
import type { Preview } from './preview';
import { readDiff } from './diff';
import type { FileDiff } from './diff';
import { rootOf } from '../diagnosis/path';
import { describeFailure } from '../diagnosis/describe-rung';
import type { Trans } from '../ui/trans';
import { plain } from '../ui/trans';

/** What a preview came to, in one or two sentences. */
export function previewSentence(trans: Trans, preview: Preview, now: number): string {
  const { document, problem } = preview;
  if (!document) {
    return trans.__('The preview could not be made: %1', problem || trans.__('the server did not answer.'));
  }
  if (document.verdict !== 'ok') {
    const rung = rootOf(document);
    const verdict: FailureVerdict = document.verdict;
    const { headline, sentence } = describeFailure(trans, verdict, rung, document.summary, now);
    return trans.__('%1. %2', headline, sentence);
  }
  const count = readDiff(document.preview ?? '').length;
  return count
    ? trans._n(
        'Connect would change %1 file. Nothing is changed yet.',
        'Connect would change %1 files. Nothing is changed yet.',
        count
      )
    : trans.__('Nothing would change.');
}

/** What is spoken when the preview is there. */
export const previewSaid = (trans: Trans, preview: Preview, now: number): string =>
  plain(trans.__('Preview: %1', previewSentence(trans, preview, now)));

export function kindOfChange(trans: Trans, kind: FileDiff['kind']): string {
  switch (kind) {
    case 'new':
      return trans.__('new file');
    case 'removed':
      return trans.__('removed');
    case 'changed':
      return trans.__('changed');
  }
}
