import { PageConfig } from '@jupyterlab/coreutils';
import { copyText } from '../panel/clipboard';
import type { Facts } from '../view/facts';
import { reportText } from '../words/report';
import type { Sender } from '../words/request';
import type { Trans } from '../words/trans';

const LOCAL = ['localhost', '127.0.0.1', '[::1]', ''];

/** Who a copied text comes from: the notebook's address, and the product's version where the page tells it. */
export const sender = (): Sender => ({
  host: LOCAL.includes(window.location.hostname) ? '' : window.location.hostname,
  version: PageConfig.getOption('codeartifactVersion')
});

export const copyReport = (facts: Facts, trans: Trans): Promise<void> =>
  copyText(reportText(trans, facts, sender(), Date.now()));
