import type { FailureVerdict } from '../../protocol/verdict';
import { describeFailure } from '../diagnosis/describe-rung';
import { rootOf } from '../diagnosis/root-cause';
import type { Trans } from '../ui/trans';
import { plain, said } from '../ui/trans';
import type { IFileDiff } from './diff';
import type { IPreview } from './preview';

/** The result of a preview, in one or two sentences. */
export function previewSentence(trans: Trans, preview: IPreview, now: number): string {
  const { document, files, problem } = preview;
  if (!document) {
    return trans.__('The preview could not be made: %1', problem || trans.__('the server did not answer.'));
  }
  if (document.verdict !== 'ok') {
    const rung = rootOf(document);
    const verdict: FailureVerdict = document.verdict;
    const { headline, sentence } = describeFailure(trans, verdict, rung, said(document.summary, trans), now);
    return trans.__('%1. %2', headline, sentence);
  }
  return files.length
    ? trans._n(
        'Connect would change %1 file. Nothing is changed yet.',
        'Connect would change %1 files. Nothing is changed yet.',
        files.length
      )
    : trans.__('Nothing would change.');
}

/** The result for screen readers. */
export const previewAnnouncement = (trans: Trans, preview: IPreview, now: number): string =>
  plain(trans.__('Preview: %1', previewSentence(trans, preview, now)));

export function kindOfChange(trans: Trans, kind: IFileDiff['kind']): string {
  switch (kind) {
    case 'new':
      return trans.__('new file');
    case 'removed':
      return trans.__('removed');
    case 'changed':
      return trans.__('changed');
  }
}
