// The upload form of PyPI's own API, which twine speaks: https://docs.pypi.org/api/upload/
import { header, type Call } from '../http/call';
import type { Answer } from '../http/answer';
import type { State } from '../world/state';
import { parseMultipart } from './multipart';
import { sha256 } from './wheel';

const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body
});

/** Name of the package that a form would publish, or the answer that refuses the form. */
export interface UploadForm {
  name: string;
  store: (state: State, repository: string) => Answer;
}

export function readUpload(call: Call): UploadForm | Answer {
  const form = parseMultipart(header(call, 'content-type') ?? '', call.body);
  if (form === undefined) return text(400, 'The body is not multipart/form-data.');
  const field = (name: string): string => form.get(name)?.content.toString('utf8') ?? '';
  const content = form.get('content');
  const filename = content?.filename ?? '';
  if (field(':action') !== 'file_upload')
    return text(400, `The action must be file_upload, not '${field(':action')}'.`);
  const name = field('name');
  const version = field('version');
  if (
    content === undefined ||
    name === '' ||
    version === '' ||
    !/^[\w.+!-]+\.(whl|tar\.gz|zip)$/.test(filename)
  ) {
    return text(400, 'The form needs name, version and content, and content a file name of a distribution.');
  }
  const claimed = field('sha256_digest');
  if (claimed !== '' && claimed !== sha256(content.content))
    return text(400, 'The digest does not match the content.');
  return {
    name,
    store: (state, repository) =>
      state.packages.publish(
        repository,
        name,
        version,
        filename,
        Buffer.from(content.content),
        field('requires_python') || null
      )
        ? text(200, '')
        : text(409, `Package version ${version} of ${name} already holds ${filename}.`)
  };
}
