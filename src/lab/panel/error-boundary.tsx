import * as React from 'react';
import { CommandIDs } from '../tokens';
import { Button } from '../ui/button';
import { useUI } from '../ui/context';

function Failure(props: { error: Error }): React.JSX.Element {
  const { trans, execute } = useUI();
  const { error } = props;
  return (
    <div className="jp-CodeArtifact-status" role="alert">
      <p>{trans.__('The panel cannot show this state, because of an error in the extension.')}</p>
      <div className="jp-CodeArtifact-actions">
        <Button
          label={trans.__('Copy report')}
          onPress={() =>
            execute(CommandIDs.copyReport, { error: error.stack ?? `${error.name}: ${error.message}` })
          }
        />
      </div>
    </div>
  );
}

interface IErrorBoundaryProps {
  /** When this is another object, the children are rendered again. */
  readonly subject: object;
  readonly children: React.ReactNode;
}

/** Shows a sentence and a report in place of children that fail to render, where React would show nothing. */
export class ErrorBoundary extends React.Component<IErrorBoundaryProps, { error: Error | null }> {
  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override state: { error: Error | null } = { error: null };

  override componentDidCatch(error: unknown): void {
    console.error('CodeArtifact: the panel could not be rendered.', error);
  }

  override componentDidUpdate(before: IErrorBoundaryProps): void {
    if (this.state.error && before.subject !== this.props.subject) {
      this.setState({ error: null });
    }
  }

  override render(): React.ReactNode {
    return this.state.error ? <Failure error={this.state.error} /> : this.props.children;
  }
}
