import { LabIcon } from '@jupyterlab/ui-components';

/** The parcel: in the side bar, the status bar, the settings editor and the palette. */
export const codeArtifactIcon = new LabIcon({
  name: 'jupyterlab-codeartifact:icon',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16"><g fill="none" stroke="#616161" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path class="jp-icon3" stroke="#616161" d="M8 1.6l5.6 3v6.6L8 14.4l-5.6-3.2V4.6z"/><path class="jp-icon3" stroke="#616161" d="M2.6 4.8L8 7.8l5.4-3M8 7.8v6.4"/></g></svg>`
});
