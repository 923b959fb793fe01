import fc from 'fast-check';
import { deniedFailure } from './access-denied';
import { parseDenial } from './denial';
import { ACTIONS, CONTEXTS, PRINCIPALS, RESOURCES } from '../../../testing/fixtures/diagnosis/denial-texts';

const forms = ACTIONS.flatMap(action =>
  CONTEXTS.flatMap(context =>
    RESOURCES.flatMap(([resource, read]) => PRINCIPALS.map(p => ({ action, context, resource, read, p })))
  )
);

describe('parseDenial', () => {
  it.each(CONTEXTS.map(c => [c.text('x:Y') || '(no context)', c] as const))('reads "…%s"', (_, context) => {
    for (const { action, resource, read, p, context: c } of forms.filter(f => f.context === context)) {
      const text = `User: ${p} is not authorized to perform: ${action}${resource}${c.text(action)}`;
      expect({ text, ...parseDenial(text) }).toEqual({
        text,
        policyType: c.policyType,
        explicit: c.explicit,
        principal: p,
        action,
        ...(read === undefined ? {} : { resource: read }),
        ...(c.via === undefined ? {} : { via: c.via }),
        ...(c.policyArn === undefined ? {} : { policyArn: c.policyArn })
      });
    }
  });

  it('covers every form with every action', () => {
    expect(forms.length).toBe(ACTIONS.length * CONTEXTS.length * RESOURCES.length * PRINCIPALS.length);
  });

  it("reads a text that is wrapped, ended with a full stop, or put behind the CLI's own words", () => {
    const text =
      'An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation:\n  User: arn:aws:iam::111122223333:user/ana is not\n authorized to perform: codeartifact:GetAuthorizationToken  on resource: arn:aws:codeartifact:eu-west-1:111122223333:domain/d\n because no identity-based policy allows the codeartifact:GetAuthorizationToken action.';
    expect(parseDenial(text)).toEqual({
      policyType: 'identity',
      explicit: false,
      principal: 'arn:aws:iam::111122223333:user/ana',
      action: 'codeartifact:GetAuthorizationToken',
      resource: 'arn:aws:codeartifact:eu-west-1:111122223333:domain/d'
    });
  });

  it('says nothing of a text that is no denial', () => {
    for (const text of [
      '',
      'Forbidden',
      '<html><body>Access denied</body></html>',
      'You are not authorized'
    ]) {
      expect(parseDenial(text)).toEqual({ policyType: 'unknown', explicit: false });
    }
  });

  it('never throws and never invents a policy type, whatever it is given', () => {
    const words = fc.constantFrom(
      'User: ',
      'arn:aws:iam::1:user/x',
      ' is not authorized to perform: ',
      'a:B',
      ' on resource: ',
      '"',
      ' because no ',
      ' explicit deny in ',
      ' policy',
      ' transitively through ',
      ': arn:',
      '\n',
      'İ',
      ' allows the ',
      '.',
      'identity-based'
    );
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 40 }).map(w => w.join(''))
    );
    fc.assert(
      fc.property(texts, text => {
        const { policyType } = parseDenial(text);
        return policyType === 'unknown' || /because no |explicit deny in /i.test(text.replace(/\s+/g, ' '));
      }),
      { numRuns: 1000, seed: 4 }
    );
  });

  it('takes time in step with the length of the text', () => {
    const hostile = [
      '"',
      "'.",
      ' ',
      ': arn:',
      ' on resource: ',
      ' because no ',
      ' explicit deny in ',
      'User: '
    ];
    for (const piece of hostile) {
      const text = `User: x is not authorized to perform: a:B${piece.repeat(200_000)}x`;
      // Jest's own limit of 5 s is the assertion: a pattern that backtracks takes hours here.
      expect(parseDenial(text).explicit).toBeDefined();
    }
  });
});

it.each([
  ['codeartifact:ListPackages', 'may not list the packages of the repository. '],
  ['codeartifact:ListRepositoriesInDomain', 'may not list the repositories of the domain. '],
  ['codeartifact:Unheard', 'may not use codeartifact:Unheard. ']
])('%s is told in words', (action, words) => {
  const message = `User: arn:aws:sts::111122223333:assumed-role/notebook-role/SageMaker is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  expect(deniedFailure(message, {}).summary).toContain(`The role notebook-role ${words}`);
});
