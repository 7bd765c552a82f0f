import { Component, type ReactNode } from 'react';
import { post } from './host';

/** Says kindly that the page is broken, instead of showing an empty one. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: Error): void {
    post({ type: 'error', message: error.stack ?? error.message });
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <p className="notice" role="alert">
        This panel could not be drawn. The run itself goes on; close the panel and open it again. Details are
        in the output of Brique.
      </p>
    );
  }
}
