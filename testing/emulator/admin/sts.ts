import type { AdminOperation } from './plane';
import type { Form } from './query-form';

export const stsOperations: Record<string, AdminOperation<Form>> = {
  GetCallerIdentity: (plane, input) => {
    input.done();
    return {
      UserId: 'AIDAEXAMPLE',
      Account: plane.account,
      Arn: `arn:aws:iam::${plane.account}:user/administrator`
    };
  }
};
