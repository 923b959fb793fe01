import { PageConfig } from '@jupyterlab/coreutils';
import { copyText } from '../ui/clipboard';
import type { Store } from '../connection/store';
import { reportText } from '../diagnosis/report-text';
import type { Sender } from '../diagnosis/request-text';
import type { Trans } from '../ui/trans';

const LOCAL = ['localhost', '127.0.0.1', '[::1]', ''];

/** Who a copied text comes from: the notebook's address, and the product's version where the page tells it. */
export const sender = (): Sender => ({
  host: LOCAL.includes(window.location.hostname) ? '' : window.location.hostname,
  version: PageConfig.getOption('codeartifactVersion')
});

export const copyReport = (store: Store, trans: Trans): Promise<void> =>
  copyText(reportText(trans, store, sender(), Date.now()));
