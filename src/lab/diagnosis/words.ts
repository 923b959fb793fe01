/** What the panel says of a failure. It is loaded with the first one (load-words.ts). */
export {
  causeOf,
  describeRung,
  describeRungWarning,
  rungLabel,
  usualFixer
} from '../../protocol/messages/describe';
export { nodeLines } from './evidence-lines';
