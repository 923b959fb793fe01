import { inTwo } from './fix-section';

it('says at once what to do, in whole sentences, and keeps the rest for who wants it', () => {
  const first =
    'Create the endpoints codeartifact.api and codeartifact.repositories in the VPC, or turn on their private DNS.';
  const second = 'From inside the notebook the two look alike; the VPC console tells which it is.';
  const rest = 'Private DNS leads every client of the VPC to the endpoint.';
  expect(inTwo(`${first} ${second} ${rest}`)).toEqual([`${first} ${second}`, rest]);
});

it('a short text is said whole', () => {
  expect(inTwo('Get a new token.')).toEqual(['Get a new token.', '']);
});

it('a sentence with numbers in it is one', () => {
  const text = `AWS does not say which policy refuses it. Look in this order: 1. the policies of the role; 2. the policy of the endpoint; 3. the policy of the domain.`;
  expect(inTwo(text)).toEqual([text, '']);
});
