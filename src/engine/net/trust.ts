import { rootCertificates } from 'node:tls';

/** A bundle beside the authorities that Node knows: for a reader who may trust both. */
export const besideBuiltIn = (pem: string): readonly string[] => [pem, ...rootCertificates];
