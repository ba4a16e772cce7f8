// GraphiQL on our own /graphql, under our content policy.
'use strict';
(function () {
  // Style elements that it makes carry the page's nonce.
  window.__webpack_nonce__ = document.getElementById('explorer-script').nonce;
  // It writes the schema's descriptions as HTML. Nothing may become a script.
  if (window.trustedTypes) {
    window.trustedTypes.createPolicy('default', { createHTML: (text) => text });
  }
  const first = [
    '# Ask the books of your group. Ctrl-Space proposes, Ctrl-Enter asks.',
    '{',
    '  myAgent {',
    '    name',
    '  }',
    '  economicEvents(last: 5) {',
    '    edges {',
    '      node {',
    '        action {',
    '          label',
    '        }',
    '        provider {',
    '          name',
    '        }',
    '        effortQuantity {',
    '          hasNumericalValue',
    '          hasUnit {',
    '            label',
    '          }',
    '        }',
    '        note',
    '      }',
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
  async function ask(params) {
    const answer = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(params),
    });
    return answer.json();
  }
  // Queries stay on the page: a shared computer remembers none of them.
  const kept = new Map();
  const storage = {
    getItem: (key) => (kept.has(key) ? kept.get(key) : null),
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };
  const explorer = document.getElementById('explorer');
  // What GraphiQL leaves unsaid to who does not see it: the names of its editors,
  // that one can scroll in them, and that its tabs are a plain list of buttons.
  const names = { 'graphiql-query-editor': 'Query', 'result-window': 'Answer', 'graphiql-editor-tool': 'Variables and headers' };
  function tell() {
    for (const [place, name] of Object.entries(names)) {
      for (const input of explorer.querySelectorAll('.' + place + ' .CodeMirror textarea:not([aria-label])')) input.setAttribute('aria-label', name);
    }
    for (const area of explorer.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]')) area.setAttribute('tabindex', '0');
    for (const tab of explorer.querySelectorAll('[role="tab"], [role="tablist"]')) {
      tab.removeAttribute('role');
      tab.removeAttribute('aria-selected');
    }
  }
  new MutationObserver(tell).observe(explorer, { childList: true, subtree: true, attributes: true, attributeFilter: ['role', 'tabindex', 'aria-selected'] });
  const root = ReactDOM.createRoot(explorer);
  root.render(React.createElement(GraphiQL, { fetcher: ask, defaultQuery: first, storage: storage, shouldPersistHeaders: false, isHeadersEditorEnabled: true }));
})();
