import { PageConfig } from '@jupyterlab/coreutils';
import type { Sender } from '../words/request';

const LOCAL = ['localhost', '127.0.0.1', '[::1]', ''];

/** Who a copied text comes from: the notebook's address, and the product's version where the page tells it. */
export const sender = (): Sender => ({
  host: LOCAL.includes(window.location.hostname) ? '' : window.location.hostname,
  version: PageConfig.getOption('codeartifactVersion')
});
