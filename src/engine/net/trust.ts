import { rootCertificates } from 'node:tls';

/** The authorities that Node knows. */
export const BUILT_IN: readonly string[] = rootCertificates;

/** A bundle beside the authorities that Node knows: for a reader who may trust both. */
export const besideBuiltIn = (pem: string): readonly string[] => [pem, ...rootCertificates];
