import { LabIcon } from '@jupyterlab/ui-components';
import svgstr from '../../../style/icons/codeartifact.svg';

/**
 * The product's icon: in the side bar, the status bar, the settings editor and the palette. It is needed when
 * JupyterLab starts; the other icons (icon.tsx) are not, so it has a file of its own.
 */
export const codeArtifactIcon = new LabIcon({ name: 'jupyterlab-codeartifact:icon', svgstr });
