import '@vscode/codicons/dist/codicon.css';
import './run-panel.css';
import './elements';
import { createRoot } from 'react-dom/client';
import { Boundary } from './boundary';
import { post, reportErrors } from './host';
import { Run } from './run';
import { listen } from './store';

reportErrors();
listen();
createRoot(document.getElementById('root')!).render(
  <Boundary>
    <Run />
  </Boundary>,
);
post({ type: 'ready' });
