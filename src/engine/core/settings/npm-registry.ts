// The index and the npm registry of one repository differ in the format's name and in what stands behind:
// https://docs.aws.amazon.com/codeartifact/latest/ug/npm-auth.html#configuring-npm-without-using-the-login-command
const INDEX = /\/pypi\/((?:d\/[^/]+\/)?[^/]+)\/simple\/?$/;

/** The npm registry of the repository whose package index this is; ends in `/`. */
export const registryOf = (indexUrl: string): string => indexUrl.replace(INDEX, '/npm/$1/');
